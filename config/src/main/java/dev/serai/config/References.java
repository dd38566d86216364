package dev.serai.config;

import dev.serai.config.provider.AliasSettings;
import dev.serai.config.provider.TargetSettings;
import dev.serai.config.read.Node;
import dev.serai.config.read.Place;
import dev.serai.config.read.Problems;

/** Checks what one setting says of another. */
final class References {
  private final Settings settings;
  private final Node.Mapping file;
  private final Problems problems;

  References(Settings settings, Node.Mapping file, Problems problems) {
    this.file = file;
    this.settings = settings;
    this.problems = problems;
  }

  void check() {
    settings.models().forEach(this::alias);
  }

  private void alias(String name, AliasSettings alias) {
    Place place = file.placeOf("models", name);
    if (name.contains("/") || name.isBlank()) {
      problems.add(place, "a name without a slash is allowed");
    }
    for (TargetSettings target : alias.targets()) {
      if (target.model().isEmpty()) {
        return;
      }
    }
    if (alias.targets().isEmpty()) {
      problems.add(place, "at least one target is needed");
    }
  }
}
