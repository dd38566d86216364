package dev.serai.core.secret;

/** A secret cannot be read. The message says where, why and what to do, and has no secret. */
public class SecretException extends Exception {
  private static final long serialVersionUID = 1L;

  public SecretException(String why) {
    super(why, null, false, false);
  }

  /** Why, for the operator. */
  public String why() {
    return String.valueOf(getMessage());
  }
}
