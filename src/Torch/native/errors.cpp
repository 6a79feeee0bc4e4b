#include "abi.h"

namespace {
thread_local std::string last_error;
thread_local std::vector<at::Tensor> waiting;
}

void remember(const char* message) noexcept {
    try { last_error = message; } catch (...) { last_error.clear(); }
}

void remember_current_exception() noexcept {
    try { throw; }
    catch (const c10::Error& error) { remember(error.what_without_backtrace()); }
    catch (const std::exception& error) { remember(error.what()); }
    catch (...) { remember("an unknown C++ exception"); }
}

int64_t hand_over(std::vector<at::Tensor> tensors) {
    waiting = std::move(tensors);
    return static_cast<int64_t>(waiting.size());
}

SST_API const char* sst_last_error() { return last_error.c_str(); }

// Moves the waiting tensors to the caller; an undefined tensor becomes null.
SST_API int32_t sst_take(Tensor* handles) {
    STATUS(
        for (size_t i = 0; i < waiting.size(); i++)
            handles[i] = waiting[i].defined() ? new at::Tensor(std::move(waiting[i])) : nullptr;
        waiting.clear())
}
