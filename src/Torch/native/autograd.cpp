// Differentiation and its modes.
#include "abi.h"

#include <torch/csrc/autograd/autograd.h>
#include <ATen/core/grad_mode.h>
#include <c10/core/InferenceMode.h>

#include <cmath>

namespace {
std::vector<at::Tensor> optional_list(const Tensor* tensors, int32_t count) {
    std::vector<at::Tensor> result;
    for (int32_t i = 0; i < count; i++) result.push_back(optional(tensors[i]));
    return result;
}

Optional<bool> retain(int32_t keep) {
    if (keep < 0) return {};
    return keep != 0;
}
}

SST_API int32_t sst_backward(const Tensor* tensors, int32_t count, const Tensor* gradients, int32_t gradient_count, int32_t retain_graph,
    bool create_graph, const Tensor* inputs, int32_t input_count) {
    STATUS(torch::autograd::backward(list(tensors, count), optional_list(gradients, gradient_count), retain(retain_graph), create_graph,
        list(inputs, input_count)))
}

SST_API int64_t sst_gradients(const Tensor* outputs, int32_t count, const Tensor* inputs, int32_t input_count, const Tensor* gradients,
    int32_t gradient_count, bool retain_graph, bool create_graph, bool allow_unused) {
    SEVERAL(torch::autograd::grad(list(outputs, count), list(inputs, input_count), optional_list(gradients, gradient_count), retain_graph,
        create_graph, allow_unused))
}

// Null without an error when there is no gradient.
SST_API int32_t sst_grad(Tensor x, Tensor* gradient) {
    STATUS(
        const at::Tensor& found = T(x).grad();
        *gradient = found.defined() ? new at::Tensor(found) : nullptr)
}

SST_API int32_t sst_set_grad(Tensor x, Tensor gradient) { STATUS(T(x).mutable_grad() = optional(gradient)) }
SST_API int32_t sst_set_requires_grad(Tensor x, bool requires_grad) { STATUS(T(x).set_requires_grad(requires_grad)) }
SST_API int32_t sst_retain_grad(Tensor x) { STATUS(T(x).retain_grad()) }

SST_API bool sst_grad_mode() { return at::GradMode::is_enabled(); }
SST_API void sst_set_grad_mode(bool enabled) { at::GradMode::set_enabled(enabled); }
SST_API bool sst_inference_mode() { return c10::InferenceMode::is_enabled(); }
SST_API void* sst_enter_inference_mode(bool enabled) { return new c10::InferenceMode(enabled); }
SST_API void sst_leave_inference_mode(void* mode) { delete static_cast<c10::InferenceMode*>(mode); }

// Gradients of many parameters at once, set to zero where they exist or let go.
SST_API int32_t sst_zero_grads(const Tensor* parameters, int32_t count, bool set_to_none) {
    STATUS(
        for (int32_t i = 0; i < count; i++) {
            at::Tensor& gradient = T(parameters[i]).mutable_grad();
            if (!gradient.defined()) continue;
            if (set_to_none) gradient.reset();
            else gradient.detach_().zero_();
        })
}

// Norm of all gradients together; gradients above max_norm are scaled down to it.
SST_API int32_t sst_clip_grad_norm_(const Tensor* parameters, int32_t count, double max_norm, double norm_type, double* norm) {
    STATUS(
        at::NoGradGuard no_grad;
        std::vector<at::Tensor> gradients;
        for (int32_t i = 0; i < count; i++)
            if (T(parameters[i]).grad().defined()) gradients.push_back(parameters[i]->grad());
        if (gradients.empty()) { *norm = 0; return 0; }
        std::vector<at::Tensor> norms;
        const bool infinite = std::isinf(norm_type);
        for (const at::Tensor& gradient : gradients)
            norms.push_back(infinite ? gradient.detach().abs().max().to(gradients[0].device())
                                     : gradient.detach().norm(norm_type).to(gradients[0].device()));
        const at::Tensor total = infinite ? at::stack(norms).max() : at::stack(norms).norm(norm_type);
        *norm = total.item().toDouble();
        const double scale = max_norm / (*norm + 1e-6);
        if (scale < 1)
            for (at::Tensor& gradient : gradients) gradient.mul_(scale))
}
