package dev.serai.adapters.aws;

import dev.serai.core.dialect.RequestSigner;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.problem.cause.Causes;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.core.provider.Secrets;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Signs requests to Amazon Bedrock. {@code AWS_ACCESS_KEY_ID} and {@code AWS_SECRET_ACCESS_KEY}
 * (with {@code AWS_SESSION_TOKEN}) are used directly, without the AWS SDK. Otherwise the credential
 * chain of the AWS SDK loads credentials at the first call, off the event loop, and they are cached
 * and renewed. Thread-safe.
 */
public final class AwsSigner implements RequestSigner {
  private static final String SERVICE = "bedrock";
  private static final String USUAL_REGION = "us-east-1";
  private static final int MAX_REGIONS = 128;

  /** bedrock[-runtime].eu-west-1.amazonaws.com, -fips, .vpce.amazonaws.com, .api.aws, .cn. */
  private static final Pattern REGION_IN_HOST =
      Pattern.compile(
          "(?:.*\\.)?bedrock(?:-runtime)?(?:-fips)?\\.([a-z]{2}(?:-[a-z]+)+-\\d)\\.(?:vpce\\.)?(?:amazonaws|api)\\..*");

  private final Secrets secrets;
  private final InstantSource clock;
  private final CredentialCache found;
  private final Map<String, Place> places = new ConcurrentHashMap<>();

  /** Region and service of a provider, parsed once from its base URL. */
  private record Place(URI base, SigV4 signature) {}

  /**
   * A signer that finds AWS's chain among the services of the class path.
   *
   * @param secrets has the variables named above, and AWS_REGION
   */
  public AwsSigner(Secrets secrets, InstantSource clock) {
    this(secrets, clock, AwsSigner::chain);
  }

  AwsSigner(Secrets secrets, InstantSource clock, Supplier<CredentialSource> source) {
    this.secrets = secrets;
    this.clock = clock;
    this.found = new CredentialCache(source, clock);
  }

  private static CredentialSource chain() {
    return ServiceLoader.load(CredentialSource.class, AwsSigner.class.getClassLoader())
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "serai-adapters-awssdk, which looks for them, is not on the class path"));
  }

  @Override
  public CompletableFuture<ProviderRequest> sign(
      ProviderRequest request, ProviderProfile provider, String baseUrl) {
    Optional<AwsCredentials> given = given();
    if (given.isPresent()) {
      return CompletableFuture.completedFuture(signed(request, baseUrl, given.get()));
    }
    return found
        .get()
        .handle(
            (credentials, failure) -> {
              if (credentials == null) {
                throw new CompletionException(noCredentials(provider, failure));
              }
              return signed(request, baseUrl, credentials);
            });
  }

  private Optional<AwsCredentials> given() {
    Optional<String> id = secrets.find("AWS_ACCESS_KEY_ID");
    Optional<String> key = secrets.find("AWS_SECRET_ACCESS_KEY");
    return id.isPresent() && key.isPresent()
        ? Optional.of(
            new AwsCredentials(
                id.get(), key.get(), secrets.find("AWS_SESSION_TOKEN"), Optional.empty()))
        : Optional.empty();
  }

  private ProviderRequest signed(ProviderRequest request, String baseUrl, AwsCredentials by) {
    Place place = place(baseUrl);
    SigV4.Content content =
        new SigV4.Content(request.method(), place.base(), request.path(), request.body());
    place.signature().sign(content, request.headers(), by, clock.instant());
    return request;
  }

  /** Base URLs are few and set by the operator; beyond this bound they are parsed each time. */
  private Place place(String baseUrl) {
    Place known = places.get(baseUrl);
    if (known != null) {
      return known;
    }
    URI base = URI.create(baseUrl);
    Place place = new Place(base, new SigV4(region(base), SERVICE));
    if (places.size() < MAX_REGIONS) {
      places.put(baseUrl, place);
    }
    return place;
  }

  private String region(URI base) {
    Matcher host = REGION_IN_HOST.matcher(String.valueOf(base.getHost()));
    if (host.matches()) {
      return host.group(1);
    }
    return secrets
        .find("AWS_REGION")
        .or(() -> secrets.find("AWS_DEFAULT_REGION"))
        .orElse(USUAL_REGION);
  }

  /** Credentials that were there before, or were not found in time, may be there later. */
  private ProviderProblem noCredentials(ProviderProfile provider, Throwable failure) {
    Throwable cause = Causes.unwrapped(failure);
    boolean temporary = found.hasFound() || cause instanceof TimeoutException;
    FailureCause failureCause =
        temporary ? FailureCause.CREDENTIALS_UNAVAILABLE : FailureCause.CREDENTIALS;
    String why = temporary ? ": AWS returned none" : "";
    return ProviderProblem.of(provider.name(), failureCause, 502)
        .message(
            "The gateway has no credentials for the provider '" + provider.name() + "'" + why + ".")
        .detail(Optional.of(String.valueOf(cause.getMessage())))
        .build();
  }
}
