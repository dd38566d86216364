package dev.serai.gateway.reload;

import dev.serai.core.background.BackgroundThread;
import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.provider.Providers;
import dev.serai.core.secret.KeyForms;
import dev.serai.gateway.direct.InlineDirectComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Watches folders of route files and keeps the routes of the Camel context in step with them.
 *
 * <p>Every poll reads the {@code *.camel.yaml} files and compares the content of each with what was
 * read last. A new file is loaded, a changed one replaces its routes, a removed one loses them, and
 * one that was only renamed keeps them. Replaced and removed routes finish the exchanges that they
 * have. A file that cannot be loaded is refused: the log has file, line and reason after each save
 * of it, and the routes that it had before keep serving. It is tried again when it or another file
 * changes, since it may have been refused for what the other has.
 *
 * <p>If several folders have a file of the same name, the last folder wins: an operator's file
 * replaces one of Serai's, and when it is removed, Serai's is loaded again. Thread-safe: one lock,
 * off the hot path.
 */
public final class RouteFolders implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RouteFolders.class);

  private final FolderFiles files;
  private final ServingRoutes routes;
  private final Map<String, FileText> known = new HashMap<>();
  private final Map<String, String> refused = new HashMap<>();
  private final Set<String> again = new TreeSet<>();
  private boolean polled;
  private volatile Optional<BackgroundThread> watcher = Optional.empty();

  /**
   * @param folders a later one wins over an earlier one; the last one is the operator's
   * @param context where the routes are loaded
   * @param providers receives a profile for every adapter route without a provider of its own
   */
  public RouteFolders(
      List<Path> folders,
      CamelContext context,
      InlineDirectComponent direct,
      Providers providers,
      RouteChecks checks) {
    files = new FolderFiles(folders);
    routes = new ServingRoutes(context, direct, providers, checks, folders.getLast());
  }

  /** Loads all files, then polls again whenever {@code pause} has passed. */
  public void start(Duration pause, BackgroundThreads threads) {
    poll();
    BackgroundThread polling = threads.repeat("route-folders", pause, pause, self -> poll());
    watcher = Optional.of(polling);
    polling.start();
  }

  /** Why the files that are refused now are refused, with file and line. */
  public synchronized List<String> refusals() {
    return List.copyOf(refused.values());
  }

  /** Why the file of that name is refused now, with file and line; empty if it is not. */
  public synchronized Optional<String> refusal(String name) {
    return Optional.ofNullable(refused.get(name));
  }

  /** Folders and files that cannot be read now, and why. */
  public synchronized List<String> unread() {
    return files.unread();
  }

  /** Why providers of files are off, with file and line. */
  public synchronized List<String> off() {
    return routes.off();
  }

  /** What may be wrong with addresses in files, with file and line. */
  public synchronized List<String> addressWarnings() {
    return routes.addressWarnings();
  }

  /** Reloads files whose missing keys are now set. */
  public synchronized void loadWhereKeysAreSet() {
    routes.keysFound().forEach(this::reload);
  }

  synchronized void poll() {
    loadChanges();
    polled = true;
  }

  private void loadChanges() {
    routes.finishRetiring();
    Map<String, FileText> present = files.read();
    rename(present);
    List<Map.Entry<String, FileText>> changed = changed(present);
    Set<String> gone = new TreeSet<>(known.keySet());
    gone.removeAll(present.keySet());
    if (changed.isEmpty() && gone.isEmpty() && again.isEmpty()) {
      return;
    }
    routes.expect(present);
    Set<String> retry = new TreeSet<>(again);
    again.clear();
    changed.forEach(file -> loadSaved(file.getKey(), file.getValue()));
    gone.forEach(this::remove);
    retry.addAll(again);
    changed.forEach(file -> retry.remove(file.getKey()));
    retry.retainAll(refused.keySet());
    Map.copyOf(known).forEach((name, file) -> loadAgain(name, file, retry));
  }

  /** A file of another name with the content of one that is gone is the same file. */
  private void rename(Map<String, FileText> present) {
    Map.copyOf(known)
        .forEach(
            (name, file) -> {
              if (!present.containsKey(name) && routes.serves(name)) {
                newName(present, file).ifPresent(other -> move(name, other));
              }
            });
  }

  private Optional<Map.Entry<String, FileText>> newName(
      Map<String, FileText> present, FileText file) {
    return present.entrySet().stream()
        .filter(entry -> !known.containsKey(entry.getKey()))
        .filter(entry -> entry.getValue().sameContent(file) && isSameFolder(entry, file))
        .findFirst();
  }

  private boolean isSameFolder(Map.Entry<String, FileText> entry, FileText file) {
    return files.rank(entry.getValue()) == files.rank(file);
  }

  private void move(String name, Map.Entry<String, FileText> other) {
    Path path = other.getValue().path();
    known.remove(name);
    known.put(other.getKey(), other.getValue());
    Optional.ofNullable(refused.remove(name)).ifPresent(why -> refused.put(other.getKey(), why));
    routes.rename(name, other.getKey(), path);
    LOG.info("{}: renamed, was {}", path, name);
  }

  /** New and changed files, and refused ones that were saved again; Serai's own folders first. */
  private List<Map.Entry<String, FileText>> changed(Map<String, FileText> present) {
    List<Map.Entry<String, FileText>> changed = new ArrayList<>();
    for (Map.Entry<String, FileText> file : present.entrySet()) {
      FileText before = known.get(file.getKey());
      if (before == null || !before.sameAs(file.getValue()) || isSavedAgain(file, before)) {
        changed.add(file);
      }
    }
    changed.sort(Comparator.comparingInt(file -> files.rank(file.getValue())));
    return changed;
  }

  private boolean isSavedAgain(Map.Entry<String, FileText> file, FileText before) {
    return refused.containsKey(file.getKey()) && !before.saved().equals(file.getValue().saved());
  }

  /** Each save of a wrong file is answered in the log, also with the reason of the last one. */
  private void loadSaved(String name, FileText file) {
    refused.remove(name);
    load(name, file);
  }

  private void loadAgain(String name, FileText file, Set<String> retry) {
    if (retry.contains(name)) {
      load(name, file);
    }
  }

  private void load(String name, FileText file) {
    boolean served = routes.serves(name);
    try {
      LoadedFile loaded = routes.load(name, file);
      boolean isNew = known.put(name, file) == null;
      refused.remove(name);
      again.addAll(refused.keySet());
      String change = served ? "changed, now serves" : isNew ? "is new, serves" : "now serves";
      boolean off = routes.servedNames(name).isEmpty() && !loaded.off().isEmpty();
      LOG.atLevel(polled ? Level.INFO : Level.DEBUG)
          .log(
              "{}: {}",
              file.path(),
              off ? change.split(",")[0] + "; its provider is off" : change + " " + names(name));
    } catch (RefusedRoutesException why) {
      known.put(name, file);
      if (why.isTemporary()) {
        again.add(name);
      }
      report(name, why, served);
    }
  }

  /** Once for each save and reason, not for each attempt. */
  private void report(String name, RefusedRoutesException why, boolean served) {
    String message = String.valueOf(why.getMessage());
    if (!message.equals(refused.put(name, message))) {
      LOG.error(
          "refused {}{}",
          message,
          served ? "; the routes of its last valid version keep serving" : "");
    }
  }

  /** The names that a file serves, without a key that is in the place of one. */
  private String names(String file) {
    return KeyForms.redactedText(routes.servedNames(file).toString());
  }

  private void remove(String name) {
    known.remove(name);
    refused.remove(name);
    String names = names(name);
    routes
        .remove(name)
        .ifPresent(
            old -> {
              again.addAll(refused.keySet());
              LOG.info("{}: removed, no longer serves {}", old.path(), names);
            });
  }

  /**
   * Loads routes that are generated from the settings. Blocks while a poll runs.
   *
   * @param name stands for a file
   * @param place of the setting that they are generated from, for messages
   * @throws RefusedRoutesException if they cannot be loaded
   */
  public synchronized void load(String name, String place, String yaml)
      throws RefusedRoutesException {
    // No file of a folder has a name with a slash.
    routes.load("settings/" + name, FileText.generated(Path.of(name), place, yaml));
  }

  /** Removes routes that were generated from the settings; their exchanges finish. */
  public synchronized void unload(String name) {
    routes.remove("settings/" + name);
  }

  /** Loads the file of that name again, since properties that it refers to have changed. */
  public synchronized void reload(String name) {
    Optional.ofNullable(known.get(name)).ifPresent(file -> load(name, file));
  }

  @Override
  public void close() {
    watcher.ifPresent(BackgroundThread::stop);
  }
}
