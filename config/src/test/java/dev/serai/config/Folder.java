package dev.serai.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.serai.config.provider.Provider;
import dev.serai.config.read.SettingsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A folder with settings files, to read settings from. */
record Folder(Path path) {
  Folder with(String name, String text) {
    try {
      Path file = path.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  Folder yaml(String text) {
    return with("config/serai.yaml", text);
  }

  Settings settings(Map<String, String> environment) {
    return Settings.load(environment, path);
  }

  Provider provider(String name, Map<String, String> environment) {
    return settings(environment).available().stream()
        .filter(provider -> provider.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  List<String> problems(Map<String, String> environment) {
    return catchThrowableOfType(SettingsException.class, () -> settings(environment)).problems();
  }
}
