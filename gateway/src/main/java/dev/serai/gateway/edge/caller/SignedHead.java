package dev.serai.gateway.edge.caller;

import dev.serai.core.caller.Credential;
import dev.serai.core.problem.AuthenticationProblem;
import dev.serai.core.problem.CallerProblem;
import dev.serai.gateway.edge.request.RequestHead;
import java.util.List;

/** Reads the signature of a request from its head. Stateless. */
public final class SignedHead {
  /** The SHA-256 of no bytes. */
  private static final String EMPTY =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  private SignedHead() {}

  /**
   * The signature.
   *
   * @throws AuthenticationProblem 401 if a field is missing
   * @throws CallerProblem 400 if one is given twice
   */
  static Credential.Signed of(RequestHead head) {
    String query = head.query();
    return new Credential.Signed(
        only(head, "x-key-id"),
        only(head, "x-timestamp"),
        only(head, "x-nonce"),
        head.method(),
        query.isEmpty() ? head.path() : head.path() + "?" + query,
        bodyHash(head),
        only(head, "x-signature"));
  }

  /** The hash of the body that the signature covers. */
  public static String bodyHash(RequestHead head) {
    boolean empty =
        head.contentLength() <= 0 && head.headers().first("transfer-encoding").isEmpty();
    return empty && head.headers().first("x-content-sha256").isEmpty()
        ? EMPTY
        : only(head, "x-content-sha256");
  }

  private static String only(RequestHead head, String name) {
    List<String> values = head.headers().list(name);
    if (values.isEmpty()) {
      throw new AuthenticationProblem(
          "The request is signed (X-Signature) and has no header " + name + ".");
    }
    if (values.size() > 1) {
      throw CallerProblem.invalid("The header " + name + " has two values.");
    }
    return values.getFirst();
  }
}
