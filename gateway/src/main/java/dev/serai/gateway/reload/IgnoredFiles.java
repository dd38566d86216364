package dev.serai.gateway.reload;

import dev.serai.config.check.file.FileCheck;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Names files that appear in the operator's folder while the gateway runs and that are not read,
 * once each. Those of the start are in the report of the start. A file is named when it is there
 * for two polls: editors write files of their own for a moment. Not thread-safe.
 */
final class IgnoredFiles {
  private static final Logger LOG = LoggerFactory.getLogger(IgnoredFiles.class);
  private static final int MAX_FILES = 1000;

  private final Path folder;
  private final Set<Path> named = new HashSet<>();
  private Optional<Set<Path>> before = Optional.empty();

  IgnoredFiles(Path folder) {
    this.folder = folder;
  }

  /** Takes note of what the folder has now; other folders than the operator's are left out. */
  void note(Path listed, List<Path> entries) {
    if (!folder.equals(listed)) {
      return;
    }
    Set<Path> now =
        entries.stream()
            .filter(FileCheck::isIgnored)
            .limit(MAX_FILES)
            .collect(Collectors.toCollection(HashSet::new));
    named.retainAll(now);
    if (before.isEmpty()) {
      named.addAll(now);
    }
    for (Path file : now) {
      if (before.isPresent() && before.get().contains(file) && named.add(file)) {
        LOG.warn("{}", FileCheck.ignored(file));
      }
    }
    before = Optional.of(now);
  }
}
