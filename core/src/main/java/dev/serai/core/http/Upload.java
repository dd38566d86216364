package dev.serai.core.http;

/**
 * A request's body that is too large to be held: it is read from the client's socket while it is
 * written to the provider's. It can be read once. As long as no byte of it was taken, another
 * attempt may open it. The threads are those of any {@link ByteStream}.
 */
public interface Upload extends ByteStream {
  /** The bytes of the whole body; negative if the client did not announce them. */
  long length();

  /** Whether bytes of it were taken, so that it cannot be sent again. */
  boolean isSpent();
}
