package dev.serai.core.caller;

import java.util.List;

/** What a request, or its connection, presents to show who makes it. Immutable. */
public sealed interface Credential {
  /**
   * A secret that the request contains as it is.
   *
   * @param secret the API key or the token; not empty
   */
  record Secret(String secret) implements Credential {
    /**
     * Whether it has the form of a signed token: a JSON object in base64 and two dots (RFC 7519,
     * section 3.1).
     */
    public boolean isToken() {
      return secret.startsWith("ey") && secret.indexOf('.') != secret.lastIndexOf('.');
    }

    /** Never the secret. */
    @Override
    public String toString() {
      return "secret";
    }
  }

  /**
   * The verified certificate of the client's connection.
   *
   * @param names what it says about its owner, the most specific first: URI=, DNS=, CN=
   */
  record Certificate(List<String> names) implements Credential {
    public Certificate {
      names = List.copyOf(names);
    }
  }

  /**
   * The session of a browser that has logged in.
   *
   * @param id the random text in its cookie; not empty
   */
  record Session(String id) implements Credential {
    /** Never the ID. */
    @Override
    public String toString() {
      return "session";
    }
  }

  /**
   * A signature of the request, made with a secret that the request does not contain. All texts are
   * as the client wrote them.
   *
   * @param keyId names the caller
   * @param timestamp in seconds since 1970
   * @param nonce that the caller uses once
   * @param method of the request
   * @param target path and query of the request
   * @param bodyHash the SHA-256 of the body, in hexadecimal
   * @param signature in hexadecimal
   */
  record Signed(
      String keyId,
      String timestamp,
      String nonce,
      String method,
      String target,
      String bodyHash,
      String signature)
      implements Credential {
    /** What the signature covers, one part a line. */
    public String covered() {
      return String.join("\n", method, target, timestamp, nonce, bodyHash);
    }
  }
}
