// The same tensor operations as bench/Benchmarks/TorchOverhead.cs, looped without leaving C++.
#include <ATen/ATen.h>

#include <vector>

extern "C" void loop_add(at::Tensor* x, at::Tensor* y, int count) {
    for (int i = 0; i < count; i++) at::Tensor z = x->add(*y);
}

extern "C" void loop_add_(at::Tensor* x, at::Tensor* y, int count) {
    for (int i = 0; i < count; i++) x->add_(*y);
}

// Results live until the end of each round of 100, as in a scope.
extern "C" void loop_add_kept(at::Tensor* x, at::Tensor* y, int count) {
    std::vector<at::Tensor> kept;
    kept.reserve(100);
    for (int i = 0; i < count; i += 100) {
        for (int j = 0; j < 100; j++) kept.push_back(x->add(*y));
        kept.clear();
    }
}
