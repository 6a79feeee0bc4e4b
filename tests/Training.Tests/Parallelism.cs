// A run seeds libtorch's generator and sets its threads, and there is one of each in a process: runs side by side would disturb each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
