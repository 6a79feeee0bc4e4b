// Loads libtorch and ends: what a program with tensors cannot start faster than.
#include <dlfcn.h>

#include <cstdio>

int main() {
    if (!dlopen(LIBRARY, RTLD_LAZY | RTLD_GLOBAL)) {
        std::fprintf(stderr, "%s\n", dlerror());
        return 1;
    }
    std::puts("loaded");
    return 0;
}
