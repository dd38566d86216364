package dev.serai.adapters.awssdk;

import dev.serai.adapters.aws.AwsCredentials;
import dev.serai.adapters.aws.CredentialSource;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * AWS's default chain: system properties, environment, web identity, profiles (with roles and
 * {@code credential_process}), containers, and last the metadata service of the machine. It caches
 * and renews by itself what it found. Thread-safe.
 */
public final class ChainCredentials implements CredentialSource {
  private final AwsCredentialsProvider chain;

  /** Made by the service loader: the chain opens nothing before it is asked. */
  public ChainCredentials() {
    this(DefaultCredentialsProvider.builder().build());
  }

  ChainCredentials(AwsCredentialsProvider chain) {
    this.chain = chain;
  }

  @Override
  public AwsCredentials fetch() {
    try {
      software.amazon.awssdk.auth.credentials.AwsCredentials found = chain.resolveCredentials();
      return new AwsCredentials(
          found.accessKeyId(),
          found.secretAccessKey(),
          found instanceof AwsSessionCredentials session
              ? Optional.of(session.sessionToken())
              : Optional.empty(),
          found.expirationTime());
    } catch (SdkException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }
}
