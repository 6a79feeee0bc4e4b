// libtorch's generator, its thread count and its default type belong to the whole process, so tests that set them cannot run beside each other.
[assembly: Xunit.CollectionBehavior(DisableTestParallelization = true)]
