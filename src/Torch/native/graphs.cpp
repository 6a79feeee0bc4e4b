// Work that a call puts on a GPU, recorded to be put there again at once: libtorch's own at::cuda::CUDAGraph, which knows the allocator's private pools.
// Its header needs a CUDA toolkit's, and neither a CUDA build of libtorch nor a machine that runs one has to have those. So its functions are asked for by
// their names in the library, which tell their arguments: a libtorch where one is another has none of that name, and there are no recordings, for a reason.
// Nothing of libtorch is included here; tests build this file beside a class of their own.
#include <dlfcn.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <utility>

#ifndef SST_API
#define SST_API extern "C" __attribute__((visibility("default")))
#endif

SST_API int32_t sst_graph_missing(char* text, int32_t room);

namespace {

// An object of the class is about a hundred bytes: 104 by the headers of 1.13 and 2.6, as many by the members of 2.9.
constexpr std::size_t room_of_a_graph = 8192, line = 64;

using Pool = std::pair<unsigned long long, unsigned long long>;
constexpr Pool own_pool{0, 0};
constexpr int thread_local_mode = 1;  // cudaStreamCaptureModeThreadLocal: other threads, such as a collector's, may do as they like

struct Functions {
    void (*make)(void*) = nullptr;
    void (*make_keeping)(void*, bool) = nullptr;  // since 2.8: whether the source of the graph is kept
    void (*begin)(void*, Pool, int) = nullptr;
    void (*begin_global)(void*, Pool) = nullptr;  // before 2.1
    void (*end)(void*) = nullptr;
    void (*replay)(void*) = nullptr;
    void (*destroy)(void*) = nullptr;
    const char* missing = nullptr;

    Functions();
};

// This library and all that it was linked with.
void* this_library() {
    Dl_info here;
    if (dladdr(reinterpret_cast<void*>(&sst_graph_missing), &here) == 0) return nullptr;
    return dlopen(here.dli_fname, RTLD_LAZY | RTLD_NOLOAD);
}

template <typename F> bool find(F& function, void* library, const char* name) {
    function = reinterpret_cast<F>(dlsym(library, name));
    return function != nullptr;
}

Functions::Functions() {
    void* library = this_library();
    if (library == nullptr) {
        missing = "this library itself";
        return;
    }
    if (!find(make, library, "_ZN2at4cuda9CUDAGraphC1Ev") && !find(make_keeping, library, "_ZN2at4cuda9CUDAGraphC1Eb")) missing = "CUDAGraph::CUDAGraph";
    else if (!find(begin, library, "_ZN2at4cuda9CUDAGraph13capture_beginESt4pairIyyE21cudaStreamCaptureMode")
        && !find(begin_global, library, "_ZN2at4cuda9CUDAGraph13capture_beginESt4pairIyyE")) missing = "CUDAGraph::capture_begin";
    else if (!find(end, library, "_ZN2at4cuda9CUDAGraph11capture_endEv")) missing = "CUDAGraph::capture_end";
    else if (!find(replay, library, "_ZN2at4cuda9CUDAGraph6replayEv")) missing = "CUDAGraph::replay";
    else if (!find(destroy, library, "_ZN2at4cuda9CUDAGraphD1Ev")) missing = "CUDAGraph::~CUDAGraph";
}

const Functions& functions() {
    static const Functions found;
    return found;
}

// Runs something that may throw, and tells what was thrown; libtorch's own exceptions are std::exceptions.
template <typename F> int32_t told(char* text, int32_t room, F what) {
    try {
        what();
        return 0;
    } catch (const std::exception& error) {
        std::snprintf(text, static_cast<std::size_t>(room), "%s", error.what());
    } catch (...) {
        std::snprintf(text, static_cast<std::size_t>(room), "an unknown C++ exception");
    }
    return -1;
}
}

// 0 if libtorch can record; else the function that it lacks.
SST_API int32_t sst_graph_missing(char* text, int32_t room) {
    if (functions().missing == nullptr) return 0;
    std::snprintf(text, static_cast<std::size_t>(room), "%s", functions().missing);
    return -1;
}

// From here on what this thread puts on its current stream, which may not be the default one, is recorded and not run. Null after a failure. What failed is
// left where it is: libtorch's allocator may go on asking it whether a stream is being recorded.
SST_API void* sst_graph_begin(char* text, int32_t room) {
    void* graph = std::aligned_alloc(line, room_of_a_graph);
    if (graph == nullptr) {
        std::snprintf(text, static_cast<std::size_t>(room), "out of memory");
        return nullptr;
    }
    const Functions& f = functions();
    const int32_t status = told(text, room, [&] {
        if (f.make != nullptr) f.make(graph);
        else f.make_keeping(graph, false);
        if (f.begin != nullptr) f.begin(graph, own_pool, thread_local_mode);
        else f.begin_global(graph, own_pool);
    });
    return status == 0 ? graph : nullptr;
}

SST_API int32_t sst_graph_end(void* graph, char* text, int32_t room) {
    return told(text, room, [&] { functions().end(graph); });
}

// Puts all of it on the current stream, which may be any.
SST_API int32_t sst_graph_replay(void* graph, char* text, int32_t room) {
    return told(text, room, [&] { functions().replay(graph); });
}

// Only for one that was recorded without a failure, and of which nothing is under way.
SST_API void sst_graph_free(void* graph) {
    functions().destroy(graph);
    std::free(graph);
}
