// The number of libtorch's threads belongs to the process, and tests change it: they cannot run beside each other.
[assembly: Xunit.CollectionBehavior(DisableTestParallelization = true)]
