// One step of an optimizer over all its parameters; the update rules are PyTorch's, operation by operation.
#include "abi.h"

#include <ATen/core/grad_mode.h>

#include <cmath>

namespace {
struct Lists {
    const Tensor* parameters;
    const Tensor* first;   // Adam: exp_avg; SGD: momentum buffer
    const Tensor* second;  // Adam: exp_avg_sq
    const Tensor* largest; // Adam with amsgrad: max_exp_avg_sq
    int64_t* steps;  // steps taken so far; counted up here for parameters that have a gradient
    int32_t count;
};
}

// Adam (decoupled false: decay is added to the gradient) and AdamW (decoupled true: the parameter shrinks first).
// Parameters without a gradient are left alone.
SST_API int32_t sst_adam_step(const Lists* lists, double lr, double beta1, double beta2, double eps, double weight_decay, bool amsgrad,
    bool maximize, bool decoupled) {
    STATUS(
        at::NoGradGuard no_grad;
        for (int32_t i = 0; i < lists->count; i++) {
            at::Tensor& parameter = T(lists->parameters[i]);
            at::Tensor gradient = parameter.grad();
            if (!gradient.defined()) continue;
            at::Tensor& exp_avg = T(lists->first[i]);
            at::Tensor& exp_avg_sq = T(lists->second[i]);
            const double step = static_cast<double>(++lists->steps[i]);
            if (maximize) gradient = gradient.neg();
            if (weight_decay != 0) {
                if (decoupled) parameter.mul_(1 - lr * weight_decay);
                else gradient = gradient.add(parameter, weight_decay);
            }
            exp_avg.mul_(beta1).add_(gradient, 1 - beta1);
            exp_avg_sq.mul_(beta2).addcmul_(gradient, gradient.conj(), 1 - beta2);
            const double correction1 = 1 - std::pow(beta1, step);
            const double correction2 = 1 - std::pow(beta2, step);
            at::Tensor denominator;
            if (amsgrad) {
                at::Tensor& largest = T(lists->largest[i]);
                at::maximum_out(largest, largest, exp_avg_sq);
                denominator = largest.sqrt();
            } else {
                denominator = exp_avg_sq.sqrt();
            }
            denominator.div_(std::sqrt(correction2)).add_(eps);
            parameter.addcdiv_(exp_avg, denominator, -lr / correction1);
        })
}

// A momentum buffer must exist for each parameter when momentum is not 0; the first step copies the gradient into it.
SST_API int32_t sst_sgd_step(const Lists* lists, double lr, double momentum, double dampening, double weight_decay, bool nesterov,
    bool maximize) {
    STATUS(
        at::NoGradGuard no_grad;
        for (int32_t i = 0; i < lists->count; i++) {
            at::Tensor& parameter = T(lists->parameters[i]);
            at::Tensor gradient = parameter.grad();
            if (!gradient.defined()) continue;
            if (maximize) gradient = gradient.neg();
            if (weight_decay != 0) gradient = gradient.add(parameter, weight_decay);
            if (momentum != 0) {
                at::Tensor& buffer = T(lists->first[i]);
                if (++lists->steps[i] == 1) buffer.copy_(gradient);
                else buffer.mul_(momentum).add_(gradient, 1 - dampening);
                gradient = nesterov ? gradient.add(buffer, momentum) : buffer;
            }
            parameter.add_(gradient, -lr);
        })
}
