// A stand-in for a GPU's driver and for NVRTC: the kernels' own source, compiled for the host, run thread by thread over host memory. It checks what it is told as
// the real ones would (options, image, names, sizes), so that everything but the hardware is tested where there is none.
#include "linear_forms.cu"

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

thread_local i64 host_first, host_stride;

#define API extern "C" __attribute__((visibility("default")))

namespace {
constexpr int invalid = 1, not_found = 500;
struct Program {
    std::string source;
    std::vector<std::string> headers;
    std::string image;
    std::string log;
};
void* current = nullptr;
int context;
long long launches = 0;
void* last_stream = nullptr;

bool has(const std::vector<std::string>& names, const char* name)
{
    for (const std::string& each : names)
        if (each == name) return true;
    return false;
}
}

API const char* nvrtcGetErrorString(int status) { return status == 0 ? "NVRTC_SUCCESS" : status == 6 ? "NVRTC_ERROR_COMPILATION" : "NVRTC_ERROR"; }
API int nvrtcVersion(int* major, int* minor) { *major = 12; *minor = 4; return 0; }
API int nvrtcGetNumSupportedArchs(int* count) { *count = 3; return 0; }
API int nvrtcGetSupportedArchs(int* all) { all[0] = 70; all[1] = 80; all[2] = 90; return 0; }
API int nvrtcCreateProgram(void** program, const char* source, const char*, int count, const char* const* headers, const char* const* names)
{
    Program* made = new Program{source, {}, {}, {}};
    for (int i = 0; i < count; i++)
        if (headers[i][0] != 0) made->headers.push_back(names[i]);
    *program = made;
    return 0;
}
API int nvrtcCompileProgram(void* program, int count, const char* const* options)
{
    Program* p = static_cast<Program*>(program);
    std::vector<std::string> given(options, options + count);
    std::string architecture;
    for (const std::string& each : given)
        if (each.rfind("--gpu-architecture=", 0) == 0) architecture = each.substr(19);
    if (!has(given, "--fmad=false")) p->log = "contraction is on";
    if (p->source.find("linear_forms_f32") == std::string::npos) p->log = "error: linear_forms_f32 is missing";
    if (!has(p->headers, "normals.h") || !has(p->headers, "prelude.h")) p->log = "error: could not open source file";
    if (!p->log.empty()) return 6;
    p->image = "image for " + architecture;
    return 0;
}
API int nvrtcDestroyProgram(void** program) { delete static_cast<Program*>(*program); *program = nullptr; return 0; }
API int nvrtcGetProgramLogSize(void* program, size_t* size) { *size = static_cast<Program*>(program)->log.size() + 1; return 0; }
API int nvrtcGetProgramLog(void* program, char* log) { const std::string& text = static_cast<Program*>(program)->log; text.copy(log, text.size()); log[text.size()] = 0; return 0; }
API int nvrtcGetCUBINSize(void* program, size_t* size) { *size = static_cast<Program*>(program)->image.size() + 1; return 0; }
API int nvrtcGetCUBIN(void* program, char* image) { const std::string& text = static_cast<Program*>(program)->image; text.copy(image, text.size()); image[text.size()] = 0; return 0; }
API int nvrtcGetPTXSize(void* program, size_t* size) { return nvrtcGetCUBINSize(program, size); }
API int nvrtcGetPTX(void* program, char* image) { return nvrtcGetCUBIN(program, image); }

API int cuInit(unsigned flags) { return flags == 0 ? 0 : invalid; }
API int cuGetErrorString(int status, const char** text) { *text = status == not_found ? "named symbol not found" : "invalid argument"; return 0; }
API int cuDeviceGet(int* device, int ordinal) { *device = ordinal; return ordinal == 0 ? 0 : 101; }
API int cuDeviceGetAttribute(int* value, int attribute, int)
{
    const char* capability = getenv("STAND_IN_CAPABILITY");
    const int c = capability ? atoi(capability) : 90;
    *value = attribute == 75 ? c / 10 : attribute == 76 ? c % 10 : attribute == 16 ? 2 : -1;
    return *value < 0 ? invalid : 0;
}
API int cuDevicePrimaryCtxRetain(void** made, int) { *made = &context; return 0; }
API int cuCtxGetCurrent(void** now) { *now = current; return 0; }
API int cuCtxSetCurrent(void* now) { current = now; return 0; }
API int cuModuleLoadData(void** module, const void* image)
{
    if (current != &context) return invalid;
    *module = new std::string(static_cast<const char*>(image));
    return static_cast<std::string*>(*module)->rfind("image for ", 0) == 0 ? 0 : 200;
}
API int cuModuleGetFunction(void** function, void*, const char* name)
{
    static const char* const known[] = {"linear_forms_f32", "linear_forms_f64", "copy_16"};
    for (size_t i = 0; i < 3; i++)
        if (std::string(known[i]) == name) { *function = reinterpret_cast<void*>(i + 1); return 0; }
    return not_found;
}
API int cuLaunchKernel(void* function, unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by, unsigned bz, unsigned shared, void* stream, void** arguments, void** extra)
{
    if (current != &context || gy != 1 || gz != 1 || by != 1 || bz != 1 || shared != 0 || extra || gx == 0 || bx == 0 || bx > 1024) return invalid;
    last_stream = stream;
    launches++;
    host_stride = (i64)gx * bx;
    for (host_first = 0; host_first < host_stride; host_first++) switch (reinterpret_cast<size_t>(function)) {
        case 1: linear_forms_f32(*static_cast<Forms*>(arguments[0])); break;
        case 2: linear_forms_f64(*static_cast<Forms*>(arguments[0])); break;
        case 3: copy_16(*static_cast<const Four32**>(arguments[0]), *static_cast<Four32**>(arguments[1]), *static_cast<i64*>(arguments[2])); break;
        default: return invalid;
    }
    return 0;
}

// For tests alone.
API long long stand_in_launches() { return launches; }
API void* stand_in_stream() { return last_stream; }
API void* stand_in_current() { return current; }
API size_t stand_in_arguments() { return sizeof(Forms); }
API void stand_in_philox(u32* c, u64 seed) { philox(c[0], c[1], c[2], c[3], seed); }
API void stand_in_pair(u32 radius, u32 angle, float* z) { normal_pair(radius, angle, z[0], z[1]); }
API float stand_in_normal(u64 seed, i64 first, u32 stream, u32 draw, i64 row, u32 element, u32 dimension) { return normal_at({seed, first, stream, draw}, row, element, dimension); }
