package dev.serai.adapters.persona;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Properties;

/**
 * The description of a persona: {@code <name>.properties} in the folder of this class.
 *
 * @param sources files and folders that it reads, relative to Serai's folder
 * @param sameWords groups of words that mean the same in a question
 */
record PersonaFile(String name, String introduction, List<String> sources, List<String> sameWords) {
  private static final List<String> SHIPPED = List.of("guide");

  static List<PersonaFile> shipped() {
    return SHIPPED.stream().map(PersonaFile::read).toList();
  }

  private static PersonaFile read(String name) {
    Properties values = new Properties();
    try (InputStream file =
        Objects.requireNonNull(PersonaFile.class.getResourceAsStream(name + ".properties"))) {
      values.load(new InputStreamReader(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new PersonaFile(
        name,
        values.getProperty("introduction", ""),
        List.of(values.getProperty("sources", "").split(", *")),
        List.of(values.getProperty("sameWords", "").split(", *")));
  }
}
