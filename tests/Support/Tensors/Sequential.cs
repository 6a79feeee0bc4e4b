// Live tensors are counted for the whole process, so tests that count them cannot run beside each other.
[assembly: Xunit.CollectionBehavior(DisableTestParallelization = true)]
