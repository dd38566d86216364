package dev.serai.gateway.wiring;

import dev.serai.config.Settings;
import dev.serai.config.auth.CallerKey;
import dev.serai.config.check.ModelReferences;
import dev.serai.config.provider.Provider;
import dev.serai.config.provider.ProviderKind;
import dev.serai.core.caller.Permission;
import dev.serai.core.keys.KeySnapshot;
import dev.serai.core.keys.LastKey;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.people.PeopleRequestReader;
import dev.serai.core.people.PeopleSnapshot;
import dev.serai.core.people.RoleStore;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.core.provider.credential.CredentialStore;
import dev.serai.gateway.management.AdminRequests;
import dev.serai.gateway.management.StateDatabase;
import dev.serai.gateway.models.CatalogueModels;
import dev.serai.memory.credentials.ConfiguredMasterKeys;
import dev.serai.memory.database.Database;
import dev.serai.memory.keys.Pepper;
import dev.serai.memory.management.ManagementStores;
import dev.serai.processors.admin.AdminKeySteps;
import dev.serai.processors.credentials.CredentialSteps;
import dev.serai.processors.keys.KeySteps;
import dev.serai.processors.people.PeopleSteps;
import dev.serai.processors.roles.RoleSteps;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Stores API keys, tenants, users, roles and keys of providers, and serves their management. */
final class KeysFeature implements Feature {
  /** How long a start waits for keys that may exist; after it, they are refused until read. */
  private static final Duration FIRST_READ = Duration.ofSeconds(5);

  private final SharedParts shared;
  private final Pepper pepper;
  private final KeySnapshot known;
  private final ManagementStores stores;
  private final boolean mayExist;
  private final boolean mayHaveCredentials;
  private final ModelCatalogue catalogue;
  private volatile Settings settings;
  private volatile Set<String> providers = Set.of();
  private volatile Runnable apply = () -> {};
  private volatile List<CallerKey> configured;

  /**
   * @param catalogue every model that can be called
   */
  KeysFeature(SharedParts shared, Database database, ModelCatalogue catalogue) {
    this.shared = shared;
    this.catalogue = catalogue;
    this.settings = shared.settings();
    this.configured = shared.settings().callerKeys();
    SecureRandom random = new SecureRandom();
    pepper = StateDatabase.pepper(shared.settings(), database, random);
    ConfiguredMasterKeys masters =
        StateDatabase.masterKeys(shared.settings().state(), database, random, shared.clock());
    mayExist = pepper.exists() || database.isServer();
    mayHaveCredentials = mayExist || masters.mayExist();
    known = new KeySnapshot(shared.clock(), mayExist);
    stores =
        new ManagementStores(
            database,
            new ManagementStores.KeyProtection(pepper, masters, random),
            shared.clock(),
            (tenant, name) -> CallerKey.hasName(configured, tenant, name),
            known,
            shared.threads());
    replace(shared.settings());
  }

  /** Keys may be stored for the providers of these settings, and may have their roles. */
  @Override
  public void replace(Settings fresh) {
    settings = fresh;
    stores.configure(fresh.auth().ownRoles());
    providers =
        fresh.available().stream()
            .filter(provider -> provider.kind() != ProviderKind.PERSONA)
            .map(Provider::name)
            .collect(Collectors.toUnmodifiableSet());
  }

  private List<String> unserved(List<String> models) {
    Set<String> served =
        shared.providers().all().stream()
            .map(ProviderProfile::name)
            .collect(Collectors.toUnmodifiableSet());
    Settings now = settings;
    return new ModelReferences(
            now.available(), served, now.models().keySet(), new CatalogueModels(() -> catalogue))
        .warnings(models);
  }

  /** Sets what makes the stored keys of providers those that calls use. */
  void applyCredentials(Runnable action) {
    apply = action;
  }

  /** The stored keys of providers. */
  CredentialStore credentials() {
    return stores.credentials();
  }

  /** The stored keys, as the edge knows them. */
  KeySnapshot known() {
    return known;
  }

  /** Takes the keys of the settings, whose names stored keys cannot have. */
  void configure(List<CallerKey> keys) {
    configured = keys;
  }

  /** Stores keys, and what is managed with them. */
  ManagementStores stores() {
    return stores;
  }

  /** The stored tenants and users. */
  PeopleSnapshot people() {
    return stores.people();
  }

  /** Whether a key of the settings manages keys. */
  private boolean othersManage() {
    return configured.stream().anyMatch(key -> key.identity().may(Permission.ADMIN_USERS));
  }

  private LastKey lastKey() {
    return new LastKey(!configured.isEmpty(), !settings.auth().issuers().isEmpty());
  }

  /** Whether stored keys are set up: from then on, no request is served without a key. */
  boolean areSetUp() {
    return pepper.exists();
  }

  @Override
  public Map<String, Object> beans() {
    InstantSource clock = shared.clock();
    RoleStore roles = stores.roles();
    PeopleRequestReader people = AdminRequests.people(roles::known);
    Map<String, Object> beans = new HashMap<>();
    beans.putAll(
        new KeySteps(
                stores.keys(),
                AdminRequests.keys(roles::known),
                clock,
                this::unserved,
                this::lastKey,
                shared.loops())
            .byName());
    AdminKeySteps admin =
        new AdminKeySteps(
            stores.keys(),
            AdminRequests.keys(roles::known),
            clock,
            this::othersManage,
            this::lastKey,
            shared.loops());
    beans.putAll(admin.byName());
    beans.putAll(PeopleSteps.ofTenants(stores.tenants(), people, clock, shared.loops()));
    beans.putAll(PeopleSteps.ofUsers(stores.users(), people, clock, shared.loops()));
    beans.putAll(RoleSteps.of(roles, AdminRequests.roles(), shared.loops()));
    beans.putAll(
        CredentialSteps.of(
            new AppliedCredentials(stores.credentials(), () -> apply.run()),
            AdminRequests.credentials(() -> settings.available()),
            () -> providers,
            shared.loops()));
    return beans;
  }

  @Override
  public void start() {
    try {
      stores.start(mayHaveCredentials ? FIRST_READ : Duration.ZERO);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stores.close();
  }
}
