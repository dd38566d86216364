package dev.serai.gateway.style;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The house itself: its licence, its scripts, and no address that only one workplace can reach. */
class HouseTest {
  /** Package registries are configured where one builds, never in the project. */
  private static final Pattern REGISTRY =
      Pattern.compile(
          "repo\\d*\\.maven\\.|repo\\.maven|maven-central\\.|registry\\.npmjs|pypi\\.org|files\\.pythonhosted"
              + "|proxy\\.golang|deb\\.debian|crates\\.io|<repository>|<pluginRepository>");

  @Test
  void theLicenceIsApache2() {
    assertThat(House.read(House.ROOT.resolve("LICENSE")))
        .contains("Apache License")
        .contains("Version 2.0");
    assertThat(House.read(House.ROOT.resolve("pom.xml"))).contains("<name>Apache-2.0</name>");
  }

  @Test
  void noRegistryIsNamed() throws IOException, InterruptedException {
    for (Path file : tracked()) {
      if (!file.endsWith("HouseTest.java") && isText(file)) {
        assertThat(REGISTRY.matcher(House.read(file)).results().map(m -> m.group()))
            .as(House.name(file))
            .isEmpty();
      }
    }
  }

  @Test
  void scriptsCanBeRun() {
    for (String script : List.of("serai", ".ci/run", ".ci/readme", "bench/run.py")) {
      assertThat(House.ROOT.resolve(script)).isExecutable();
    }
  }

  @Test
  void nothingTrackedIsLargeOrLocal() throws IOException, InterruptedException {
    for (Path file : tracked()) {
      assertThat(Files.size(file)).as(House.name(file)).isLessThan(1_000_000);
      if (isText(file) && !file.endsWith("HouseTest.java")) {
        assertThat(House.read(file)).as(House.name(file)).doesNotContain("/home/", "/work/");
      }
    }
  }

  /** The files that git knows; without git (an unpacked archive) the sources alone. */
  private static List<Path> tracked() throws IOException, InterruptedException {
    if (!Files.exists(House.ROOT.resolve(".git"))) {
      return House.allSources();
    }
    Process git =
        new ProcessBuilder("git", "-C", House.ROOT.toString(), "ls-files", "-z")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String names = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    git.waitFor();
    return names.isEmpty()
        ? House.allSources()
        : List.of(names.split("\0")).stream()
            .map(House.ROOT::resolve)
            .filter(Files::isRegularFile)
            .toList();
  }

  private static boolean isText(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    for (int i = 0; i < Math.min(bytes.length, 4000); i++) {
      if (bytes[i] == 0) {
        return false;
      }
    }
    return isUtf8(bytes);
  }

  private static boolean isUtf8(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8).indexOf('\uFFFD') < 0;
  }
}
