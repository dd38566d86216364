package dev.serai.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.http.HeaderFields;
import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/**
 * Compares {@link SigV4} with the signer of the AWS SDK, in microseconds of CPU per signature, and
 * prints the ratio. Opt-in: {@code ./serai test -pl adapters/aws -Dtest=SignatureBench
 * -Dserai.bench=true}. The best of many short rounds counts, since a busy machine only ever adds to
 * it. See decision 13.
 */
@EnabledIfSystemProperty(named = "serai.bench", matches = "true")
class SignatureBench {
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
  private static final int ROUNDS = 500;
  private static final int SIGNATURES = 100;
  private static final String ID = "AKIDEXAMPLE";
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  private static final String TOKEN = "session-token";
  private static final Instant NOW = Instant.parse("2026-11-28T16:00:00Z");
  private static final URI BASE = URI.create("https://bedrock-runtime.us-east-1.amazonaws.com");
  private static final String PATH = "/model/anthropic.claude-3-haiku-20240307-v1%3A0/converse";

  private final SigV4 own = new SigV4("us-east-1", "bedrock");
  private final AwsV4HttpSigner sdk = AwsV4HttpSigner.create();
  private final AwsCredentials credentials =
      new AwsCredentials(ID, SECRET, Optional.of(TOKEN), Optional.empty());
  private final AwsCredentialsIdentity identity =
      AwsSessionCredentialsIdentity.create(ID, SECRET, TOKEN);
  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);

  private int sum;

  @ParameterizedTest
  @ValueSource(ints = {1_000, 20_000})
  void signingOneRequest(int size) {
    byte[] body = new byte[size];
    Arrays.fill(body, (byte) 'x');
    assertThat(signedByOwn(body).first("authorization").orElse("")).startsWith("AWS4-HMAC-SHA256 ");
    assertThat(signedBySdk(body).first("authorization").orElse("")).startsWith("AWS4-HMAC-SHA256 ");
    double byOwn = best(() -> signedByOwn(body));
    double bySdk = best(() -> signedBySdk(body));
    assertThat(sum).isPositive();
    System.out.printf(
        "signature over %d bytes: own %.1f us, AWS SDK %.1f us, ratio %.2f%n",
        size, byOwn / 1000, bySdk / 1000, bySdk / byOwn);
  }

  private static HeaderFields fields() {
    return new HeaderFields()
        .add("content-type", "application/json")
        .add("accept", "application/json");
  }

  private HeaderFields signedByOwn(byte[] body) {
    HeaderFields fields = fields();
    own.sign(new SigV4.Content("POST", BASE, PATH, body), fields, credentials, NOW);
    return fields;
  }

  /** From the gateway's own request to its own header fields, as the signing step needs it. */
  private HeaderFields signedBySdk(byte[] body) {
    HeaderFields fields = fields();
    SdkHttpRequest.Builder request =
        SdkHttpRequest.builder().method(SdkHttpMethod.POST).uri(BASE).encodedPath(PATH);
    fields.forEach(request::putHeader);
    SignedRequest signed =
        sdk.sign(
            r ->
                r.identity(identity)
                    .request(request.build())
                    .payload(() -> new ByteArrayInputStream(body))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "bedrock")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                    .putProperty(HttpSigner.SIGNING_CLOCK, clock));
    HeaderFields result = new HeaderFields();
    signed.request().headers().forEach((name, values) -> result.add(name, values.getFirst()));
    return result;
  }

  private double best(Supplier<HeaderFields> work) {
    double best = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long start = CPU.getCurrentThreadCpuTime();
      for (int i = 0; i < SIGNATURES; i++) {
        sum += work.get().first("authorization").orElse("").length();
      }
      best = Math.min(best, (CPU.getCurrentThreadCpuTime() - start) / (double) SIGNATURES);
    }
    return best;
  }
}
