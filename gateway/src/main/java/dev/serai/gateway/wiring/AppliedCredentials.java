package dev.serai.gateway.wiring;

import dev.serai.core.provider.credential.CredentialStore;
import dev.serai.core.provider.credential.ProviderCredential;
import java.util.List;
import java.util.Map;

/**
 * A store of provider keys whose changes apply in this gateway before they are confirmed.
 * Thread-safe.
 */
final class AppliedCredentials implements CredentialStore {
  private final CredentialStore store;
  private final Runnable apply;

  /**
   * @param apply makes the stored keys those that calls use
   */
  AppliedCredentials(CredentialStore store, Runnable apply) {
    this.store = store;
    this.apply = apply;
  }

  @Override
  public ProviderCredential create(String provider, String key) {
    ProviderCredential created = store.create(provider, key);
    apply.run();
    return created;
  }

  @Override
  public List<ProviderCredential> list() {
    return store.list();
  }

  @Override
  public boolean delete(String id) {
    boolean deleted = store.delete(id);
    apply.run();
    return deleted;
  }

  @Override
  public int reencrypt() {
    return store.reencrypt();
  }

  @Override
  public Map<String, List<String>> current() {
    return store.current();
  }

  @Override
  public void onChange(Runnable listener) {
    store.onChange(listener);
  }
}
