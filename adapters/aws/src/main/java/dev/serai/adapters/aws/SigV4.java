package dev.serai.adapters.aws;

import dev.serai.core.hash.Hmac;
import dev.serai.core.hash.Sha256;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.PercentEncoding;
import dev.serai.core.net.BaseUrl;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * AWS signature version 4 over a request that is sent whole ("Create a signed AWS API request" in
 * AWS's Identity and Access Management guide). It covers method, path, host, content type, time,
 * session token and the body's hash; fields that are added later, such as traceparent, are not
 * signed. For services other than S3: each part of the path is encoded once more. The key that is
 * derived for a day is cached. Thread-safe.
 */
final class SigV4 {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final HexFormat HEX = HexFormat.of();

  /** The key of one day. */
  private record Derived(String secret, String day, byte[] key) {
    /** Without the secret and the key. */
    @Override
    public String toString() {
      return "Derived[" + day + "]";
    }
  }

  private final String region;
  private final String service;
  private volatile @Nullable Derived derived;

  /**
   * @param region such as us-east-1
   * @param service the name AWS signs by, such as bedrock
   */
  SigV4(String region, String service) {
    this.region = region;
    this.service = service;
  }

  /**
   * What is signed.
   *
   * @param path as it is sent, percent-encoded, with its query if it has one
   */
  record Content(String method, URI base, String path, byte[] body) {
    private String host() {
      int usual = "https".equalsIgnoreCase(base.getScheme()) ? 443 : 80;
      int port = base.getPort();
      return port < 0 || port == usual ? base.getHost() : base.getHost() + ":" + port;
    }

    private String wholePath() {
      String prefix = base.getRawPath() == null ? "" : base.getRawPath();
      int query = path.indexOf('?');
      return BaseUrl.withoutSlash(prefix) + (query < 0 ? path : path.substring(0, query));
    }

    /** The parameters in their order; those without a value have an empty one. */
    private String sortedQuery() {
      int query = path.indexOf('?');
      if (query < 0 || query == path.length() - 1) {
        return "";
      }
      String[] parameters = path.substring(query + 1).split("&");
      for (int i = 0; i < parameters.length; i++) {
        parameters[i] = parameters[i].contains("=") ? parameters[i] : parameters[i] + "=";
      }
      // By name and then by value: the sign between them comes before every other.
      Arrays.sort(parameters, Comparator.comparing(one -> one.replace('=', '\0')));
      return String.join("&", parameters);
    }
  }

  /** Adds the fields of a signature to those that are there. */
  void sign(Content content, HeaderFields fields, AwsCredentials by, Instant now) {
    String time = TIME.format(now);
    fields.add("x-amz-date", time);
    by.sessionToken().ifPresent(token -> fields.add("x-amz-security-token", token));
    StringBuilder canonical = new StringBuilder(512);
    canonical.append(content.method()).append('\n');
    // What is percent-encoded already is encoded once more; slashes stay.
    canonical
        .append(PercentEncoding.encode(content.wholePath(), "/"))
        .append('\n')
        .append(content.sortedQuery())
        .append('\n');
    StringBuilder names = new StringBuilder(64);
    covered(canonical, names, "content-type", fields.first("content-type"));
    covered(canonical, names, "host", Optional.of(content.host()));
    covered(canonical, names, "x-amz-date", Optional.of(time));
    covered(canonical, names, "x-amz-security-token", by.sessionToken());
    canonical.append('\n').append(names).append('\n').append(Sha256.hex(content.body()));
    String day = time.substring(0, 8);
    String scope = day + "/" + region + "/" + service + "/aws4_request";
    String text = ALGORITHM + "\n" + time + "\n" + scope + "\n" + Sha256.hex(canonical.toString());
    String signature = HEX.formatHex(Hmac.SHA_256.of(key(by.secretAccessKey(), day), text));
    fields.add(
        "authorization",
        ALGORITHM
            + " Credential="
            + by.accessKeyId()
            + "/"
            + scope
            + ", SignedHeaders="
            + names
            + ", Signature="
            + signature);
  }

  private static void covered(
      StringBuilder canonical, StringBuilder names, String name, Optional<String> value) {
    value.ifPresent(
        v -> {
          canonical.append(name).append(':').append(v.strip()).append('\n');
          names.append(names.isEmpty() ? "" : ";").append(name);
        });
  }

  private byte[] key(String secret, String day) {
    Derived known = derived;
    if (known == null || !known.day().equals(day) || !known.secret().equals(secret)) {
      byte[] ofDay = Hmac.SHA_256.of(utf8("AWS4" + secret), day);
      byte[] ofRegion = Hmac.SHA_256.of(ofDay, region);
      byte[] ofService = Hmac.SHA_256.of(ofRegion, service);
      known = new Derived(secret, day, Hmac.SHA_256.of(ofService, "aws4_request"));
      derived = known;
    }
    return known.key();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
