package dev.serai.processors.credentials;

import dev.serai.core.provider.credential.CredentialRequestReader;
import dev.serai.core.provider.credential.CredentialStore;
import dev.serai.processors.support.EventLoops;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.camel.Processor;

/**
 * Makes the steps that manage stored keys of providers. No reply of theirs has a key. Thread-safe.
 */
public final class CredentialSteps {
  private CredentialSteps() {}

  /**
   * The steps by the name that routes use.
   *
   * @param providers names of the providers that take a stored key
   */
  public static Map<String, Processor> of(
      CredentialStore store,
      CredentialRequestReader reader,
      Supplier<Set<String>> providers,
      EventLoops loops) {
    return Map.of(
        "list-credentials", new ListCredentials(store, loops),
        "create-credential", new CreateCredential(store, reader, providers, loops),
        "reencrypt-credentials", new ReencryptCredentials(store, loops),
        "delete-credential", new DeleteCredential(store, loops));
  }
}
