package dev.serai.adapters.awssdk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The receiving side of signature version 4, written from AWS's description of it. */
final class SignatureVerifier {
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "AWS4-HMAC-SHA256 Credential=([^/]+)/((\\d{8})/([^/]+)/([^/]+)/aws4_request), ?"
              + "SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})");

  /** What the receiver knows of a request. */
  record Seen(String method, String rawPath, Map<String, String> headers, byte[] body) {
    Seen {
      headers = new TreeMap<>(headers);
    }

    String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  /** What a valid signature says of itself. */
  record Verified(String keyId, String region, String service, String signedHeaders) {}

  private SignatureVerifier() {}

  static Verified verify(Seen seen, String secret) throws Exception {
    Matcher said = AUTHORIZATION.matcher(seen.header("authorization"));
    if (!said.matches()) {
      throw new AssertionError("no signature: " + seen.header("authorization"));
    }
    String headers =
        Arrays.stream(said.group(6).split(";"))
            .map(name -> name + ":" + seen.header(name).strip().replaceAll(" +", " ") + "\n")
            .collect(Collectors.joining());
    String hash = hex(sha256(seen.body()));
    int end = seen.rawPath().indexOf('?');
    String path = end < 0 ? seen.rawPath() : seen.rawPath().substring(0, end);
    String query = end < 0 ? "" : seen.rawPath().substring(end + 1);
    String request =
        String.join("\n", seen.method(), twice(path), sorted(query), headers, said.group(6), hash);
    String text =
        String.join(
            "\n",
            "AWS4-HMAC-SHA256",
            seen.header("x-amz-date"),
            said.group(2),
            hex(sha256(request.getBytes(UTF_8))));
    byte[] key = ("AWS4" + secret).getBytes(UTF_8);
    for (String step : said.group(2).split("/")) {
      key = hmac(key, step);
    }
    if (!hex(hmac(key, text)).equals(said.group(7))) {
      throw new AssertionError("the signature does not fit:\n" + request);
    }
    return new Verified(said.group(1), said.group(4), said.group(5), said.group(6));
  }

  private static String sorted(String query) {
    return Arrays.stream(query.split("&")).sorted().collect(Collectors.joining("&"));
  }

  /** Each segment of the path as sent, encoded once more. */
  private static String twice(String path) {
    return Arrays.stream(path.split("/", -1))
        .map(segment -> URLEncoder.encode(segment, UTF_8).replace("+", "%20").replace("*", "%2A"))
        .map(segment -> segment.replace("%7E", "~"))
        .collect(Collectors.joining("/"));
  }

  private static byte[] sha256(byte[] bytes) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }

  private static byte[] hmac(byte[] key, String text) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(UTF_8));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
