package dev.serai.gateway.secrets;

import dev.serai.config.Settings;
import dev.serai.config.annotation.Secret;
import dev.serai.core.secret.SecretException;
import dev.serai.core.secret.SecretManager;
import dev.serai.core.secret.SecretReference;
import dev.serai.core.time.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the secrets that the settings refer to, and reads them again while the gateway serves. A
 * secret that cannot be read again keeps its value, and so does a file that is being written.
 * Thread-safe; it waits for the sources without holding a lock.
 */
public final class HeldSecrets {
  /**
   * A manager is not asked before for what it could not give, however often an edit is tried. A
   * file is read each time.
   */
  private static final Duration RETRY = Duration.ofSeconds(10);

  /** A file may be read while it is written, so a change counts when it is read twice the same. */
  private static final Duration SECOND_READ = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(HeldSecrets.class);

  private final SecretSources sources;
  private final Ticker ticker;
  private final Map<SecretReference, String> faults = new HashMap<>();
  private final Map<SecretReference, SecretException> refused = new HashMap<>();
  private final Map<SecretReference, Secret> changing = new HashMap<>();
  private long refusedNanos;

  /** As they were read last. */
  private Map<SecretReference, Secret> held;

  /** Those of the settings in force. */
  private Map<SecretReference, Secret> inForce;

  private Duration pause;
  private long last;
  private long lastRead;

  /**
   * @param settings those at the start
   */
  public HeldSecrets(SecretSources sources, Settings settings, Ticker ticker) {
    this.sources = sources;
    this.ticker = ticker;
    held = settings.secretValues();
    inForce = held;
    pause = settings.secrets().refresh();
    last = ticker.nanos();
  }

  /** For one reading of the settings: what is kept, and of the sources only what is new. */
  public SecretManager pass() {
    Map<SecretReference, Secret> kept = held();
    SecretManager fresh = sources.pass();
    return reference -> {
      Secret known = kept.get(reference);
      return known == null ? readNew(fresh, reference) : known.reveal();
    };
  }

  private String readNew(SecretManager fresh, SecretReference reference) throws SecretException {
    Optional<SecretException> before = refusedBefore(reference);
    if (before.isPresent() && !reference.scheme().equals(SecretReference.FILE)) {
      throw before.get();
    }
    try {
      return fresh.read(reference);
    } catch (SecretException e) {
      refuse(reference, e);
      throw e;
    }
  }

  private synchronized Optional<SecretException> refusedBefore(SecretReference reference) {
    if (!isRefusing()) {
      refused.clear();
    }
    return Optional.ofNullable(refused.get(reference));
  }

  private synchronized void refuse(SecretReference reference, SecretException why) {
    if (refused.isEmpty()) {
      refusedNanos = ticker.nanos();
    }
    refused.put(reference, why);
  }

  /** Whether the same edit is tried again soon after one of its references could not be read. */
  private synchronized boolean isRefusing() {
    return !refused.isEmpty() && ticker.nanos() - refusedNanos < RETRY.toNanos();
  }

  /**
   * Keeps what the settings that are in force from now on refer to, and nothing else. A value that
   * was read while they were read stays, to be applied next.
   */
  public synchronized void keep(Settings settings) {
    inForce = settings.secretValues();
    Map<SecretReference, Secret> kept = new HashMap<>(inForce);
    kept.replaceAll(held::getOrDefault);
    held = Map.copyOf(kept);
    pause = settings.secrets().refresh();
    faults.keySet().retainAll(held.keySet());
    changing.keySet().retainAll(held.keySet());
    refused.clear();
  }

  /** Those that have changed since the settings that are in force were read. */
  public synchronized Map<SecretReference, Secret> unapplied() {
    Map<SecretReference, Secret> changed = new HashMap<>(held);
    changed.entrySet().removeAll(inForce.entrySet());
    return Map.copyOf(changed);
  }

  /** Reads all again if the pause of the settings is over, else files that have just changed. */
  public void refreshIfDue() {
    if (isDue()) {
      refresh();
    } else {
      readAgain(changing());
    }
  }

  private synchronized boolean isDue() {
    return ticker.nanos() - last >= pause.toNanos();
  }

  private synchronized Set<SecretReference> changing() {
    boolean due = ticker.nanos() - lastRead >= SECOND_READ.toNanos();
    return due ? Set.copyOf(changing.keySet()) : Set.of();
  }

  /** Reads all again for an edit of the settings, unless the same edit has just been refused. */
  public void refreshForEdit() {
    if (!isRefusing()) {
      refresh();
    }
  }

  /** Reads all again. A failure is logged once. */
  void refresh() {
    readAgain(held().keySet());
    refreshed();
  }

  private synchronized void refreshed() {
    last = ticker.nanos();
  }

  private void readAgain(Set<SecretReference> references) {
    if (references.isEmpty()) {
      return;
    }
    SecretManager fresh = sources.pass();
    Map<SecretReference, Secret> read = new HashMap<>();
    for (SecretReference reference : references) {
      try {
        read.put(reference, new Secret(fresh.read(reference)));
        note(reference, "");
      } catch (SecretException e) {
        note(reference, e.why());
      }
    }
    replace(references, read);
  }

  private synchronized Map<SecretReference, Secret> held() {
    return held;
  }

  private synchronized void replace(
      Set<SecretReference> references, Map<SecretReference, Secret> read) {
    Map<SecretReference, Secret> now = new HashMap<>(held);
    for (SecretReference reference : references) {
      Optional<Secret> before = Optional.ofNullable(changing.remove(reference));
      Optional<Secret> former = Optional.ofNullable(held.get(reference));
      Optional<Secret> fresh = Optional.ofNullable(read.get(reference));
      if (fresh.isEmpty() || fresh.equals(former)) {
        continue;
      }
      if (!reference.scheme().equals(SecretReference.FILE) || fresh.equals(before)) {
        now.replace(reference, fresh.get());
      } else if (former.isPresent()) {
        changing.put(reference, fresh.get());
      }
    }
    held = Map.copyOf(now);
    lastRead = ticker.nanos();
  }

  private synchronized void note(SecretReference reference, String fault) {
    String before = faults.getOrDefault(reference, "");
    if (fault.equals(before)) {
      return;
    }
    if (fault.isEmpty()) {
      faults.remove(reference);
      LOG.info("{} can be read again", reference);
    } else {
      faults.put(reference, fault);
      LOG.warn("{} cannot be read again, so its value stays in force: {}", reference, fault);
    }
  }
}
