namespace ScoreSde.Cli;

/// <summary>The user gave something that is not allowed; the message says what was given and what is allowed, in one line.</summary>
public sealed class BadInputException : Exception
{
    public BadInputException(string message) : base(message) { }

    public BadInputException(string message, Exception innerException) : base(message, innerException) { }

    public BadInputException() { }
}
