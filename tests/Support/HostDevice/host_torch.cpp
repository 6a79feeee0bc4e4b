// A stand-in for libtorch's CUDA library, with which src/Torch/native/graphs.cpp is linked as with the real one: a class of the same name, so that its functions
// have the names that are looked for, which writes down what is asked of it and fails where it is told to.
#include <stdexcept>
#include <string>
#include <utility>

#define API extern "C" __attribute__((visibility("default")))

enum cudaStreamCaptureMode { cudaStreamCaptureModeGlobal = 0, cudaStreamCaptureModeThreadLocal = 1 };

namespace {
std::string told;
std::string fails;
bool is_aside = false;

void tell(const std::string& what)
{
    told += (told.empty() ? "" : ", ") + what;
    if (fails == what.substr(0, what.find(' '))) throw std::runtime_error("CUDA error: " + what + " is not permitted\nand a trace of where it was");
}
}

namespace at::cuda {
struct __attribute__((visibility("default"))) CUDAGraph {
    CUDAGraph();
    ~CUDAGraph();
    void capture_begin(std::pair<unsigned long long, unsigned long long> pool, cudaStreamCaptureMode mode);
    void capture_end();
    void replay();
    std::string state;
};
CUDAGraph::CUDAGraph() { tell("make"); }
CUDAGraph::~CUDAGraph() { told += ", destroy"; }
void CUDAGraph::capture_begin(std::pair<unsigned long long, unsigned long long> pool, cudaStreamCaptureMode mode)
{
    if (!is_aside) throw std::runtime_error("graphs must be captured on a non-default stream");
    tell("begin " + std::to_string(pool.first) + std::to_string(pool.second) + (mode == cudaStreamCaptureModeThreadLocal ? " this thread" : " all threads"));
    state = "recording";
}
void CUDAGraph::capture_end()
{
    if (!is_aside || state != "recording") throw std::runtime_error("nothing is being recorded");
    tell("end");
    state = "recorded";
}
void CUDAGraph::replay()
{
    if (is_aside || state != "recorded") throw std::runtime_error("nothing was recorded");
    tell("replay");
}
}

API void* sst_cuda_aside(int index, char* text, int room)
{
    if (fails == "aside") {
        std::string("no stream").copy(text, static_cast<size_t>(room));
        text[9] = 0;
        return nullptr;
    }
    tell("aside " + std::to_string(index));
    is_aside = true;
    return &is_aside;
}
API void sst_cuda_back(void* before)
{
    *static_cast<bool*>(before) = false;
    tell("back");
}
API const char* stand_in_graphs_told() { return told.c_str(); }
API void stand_in_graphs_begin(const char* failing) { told.clear(); fails = failing; is_aside = false; }
