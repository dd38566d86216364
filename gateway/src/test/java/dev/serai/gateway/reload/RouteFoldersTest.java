package dev.serai.gateway.reload;

import static dev.serai.gateway.reload.RoutesUnderTest.route;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.gateway.LogLines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What files of the watched folders serve, and what a change does to it. */
class RouteFoldersTest {
  private static final String WAITING =
      route("x", "old").replace("steps:\n", "steps:\n        - process:\n            ref: wait\n");

  @TempDir Path home;
  private RoutesUnderTest routes;

  @BeforeEach
  void start() throws Exception {
    routes = new RoutesUnderTest(home);
  }

  @AfterEach
  void stop() {
    routes.close();
  }

  @Test
  void aMisnamedFileIsNamedOnceWhileTheGatewayRuns() {
    routes.write("before.yaml", "");
    List<String> logged =
        LogLines.of(
            IgnoredFiles.class,
            () -> {
              routes.poll();
              routes.write("groq.yaml", route("groq", "x"));
              routes.write("saved.camel.yaml~", "");
              for (int i = 0; i < 4; i++) {
                routes.poll();
              }
            });

    assertThat(logged)
        .containsExactly(
            "WARNING "
                + routes.folder.resolve("groq.yaml")
                + ": is ignored; the name of a route file ends in .camel.yaml");
  }

  @Test
  void eachSaveOfAWrongFileIsAnsweredInTheLogAndNoOtherPollIs() throws Exception {
    Path file = routes.folder.resolve("x.camel.yaml");
    String wrong = route("x", "text").replace("steps", "stepps");
    List<String> logged =
        LogLines.of(
            RouteFolders.class,
            () -> {
              for (int save = 1; save <= 3; save++) {
                routes.write("x.camel.yaml", save < 3 ? wrong : wrong + "# edited\n");
                setTime(file, save);
                for (int i = 0; i < 3; i++) {
                  routes.poll();
                }
              }
            });
    assertThat(logged)
        .hasSize(3)
        .allMatch(line -> line.contains("x.camel.yaml:5: unknown word stepps"));
  }

  private static void setTime(Path file, int seconds) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(seconds, TimeUnit.SECONDS));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void anIdOfSeraisOwnRoutesIsTaken() throws Exception {
    routes.fixed("routes/chat.camel.yaml", route("x", "own").replace("adapter-x", "chat"));
    routes.write("mine.camel.yaml", route("x", "mine").replace("id: adapter-x", "id: chat"));
    routes.poll();

    assertThat(routes.call("chat")).isEqualTo("own");
    assertThat(routes.refusals())
        .singleElement()
        .asString()
        .contains("mine.camel.yaml:2: the route id chat is taken by")
        .contains("routes/chat.camel.yaml");
  }

  @Test
  void aProviderBelongsToTheFirstFileUntilThatIsRemoved() throws Exception {
    routes.write("a.camel.yaml", route("x", "first"));
    routes.write("b.camel.yaml", route("x", "second").replace("id: adapter-x", "id: other"));
    routes.poll();
    assertThat(routes.call("adapter-x")).isEqualTo("first");
    assertThat(routes.refusals())
        .singleElement()
        .asString()
        .contains("b.camel.yaml:4: direct:adapter-x is taken by " + routes.folder);

    Files.delete(routes.folder.resolve("a.camel.yaml"));
    routes.poll();
    assertThat(routes.call("adapter-x")).isEqualTo("second");
    assertThat(routes.providers.find("x")).isPresent();
  }

  @Test
  void aShippedProviderIsReplacedOnlyByAFileOfItsName() throws Exception {
    RoutesUnderTest.write(routes.shipped.resolve("x.camel.yaml"), route("x", "shipped"));
    routes.write("a.camel.yaml", route("x", "other"));
    routes.poll();
    assertThat(routes.call("adapter-x")).isEqualTo("shipped");
    assertThat(routes.refusals())
        .singleElement()
        .asString()
        .endsWith("; choose another name, or name the file x.camel.yaml to replace that one");

    routes.write("x.camel.yaml", route("x", "mine"));
    routes.poll();
    assertThat(routes.call("adapter-x")).isEqualTo("mine");

    Files.delete(routes.folder.resolve("x.camel.yaml"));
    routes.poll();
    assertThat(routes.call("adapter-x")).isEqualTo("shipped");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "only words",
        "route:\n  id: adapter-x\n",
        "[]",
        "- beans: []\n",
        "# a comment\n",
        "- route: {id: adapter-x, from: {uri: 'direct:adapter-x', steps: []}}\n- rou",
      })
  void aFileThatYieldsNoRouteIsRefusedAndTheOldRouteServes(String text) {
    routes.write("x.camel.yaml", route("x", "old"));
    routes.poll();
    routes.write("x.camel.yaml", text);
    routes.poll();

    assertThat(routes.call("adapter-x")).isEqualTo("old");
    assertThat(routes.refusals()).singleElement().asString().contains("x.camel.yaml");
  }

  @Test
  void aRunningCallEndsOnTheOldRouteWhileTheNewOneServes() throws Exception {
    routes.write("x.camel.yaml", WAITING);
    routes.poll();
    CompletableFuture<String> running = routes.callInBackground("adapter-x");
    assertThat(routes.waiting.await(10, TimeUnit.SECONDS)).isTrue();

    for (String text : new String[] {"second", "third"}) {
      routes.write("x.camel.yaml", route("x", text));
      routes.poll();
      assertThat(routes.call("adapter-x")).isEqualTo(text);
    }
    for (int i = 0; i < 5; i++) {
      routes.poll();
    }
    assertThat(running).isNotDone();
    assertThat(routes.routes()).isEqualTo(2);

    routes.gate.countDown();
    assertThat(running.get(10, TimeUnit.SECONDS)).isEqualTo("old");
    routes.poll();
    routes.poll();
    assertThat(routes.routes()).isEqualTo(1);
    assertThat(routes.call("adapter-x")).isEqualTo("third");
  }

  @Test
  void aRunningCallEndsAlsoIfTheFileIsRemoved() throws Exception {
    routes.write("x.camel.yaml", WAITING);
    routes.poll();
    CompletableFuture<String> running = routes.callInBackground("adapter-x");
    assertThat(routes.waiting.await(10, TimeUnit.SECONDS)).isTrue();

    Files.delete(routes.folder.resolve("x.camel.yaml"));
    for (int i = 0; i < 5; i++) {
      routes.poll();
    }
    assertThat(routes.providers.find("x")).isEmpty();
    routes.gate.countDown();
    assertThat(running.get(10, TimeUnit.SECONDS)).isEqualTo("old");
    routes.poll();
    routes.poll();
    assertThat(routes.routes()).isZero();
    assertThat(routes.call("adapter-x")).contains("no route is running");
  }

  @Test
  void aRenamedFileKeepsItsRoutes() throws Exception {
    routes.write("a.camel.yaml", route("x", "same"));
    routes.poll();
    Files.move(routes.folder.resolve("a.camel.yaml"), routes.folder.resolve("b.camel.yaml"));
    routes.poll();
    assertServes("same");

    Files.copy(routes.folder.resolve("b.camel.yaml"), routes.folder.resolve("c.camel.yaml"));
    routes.poll();
    Files.delete(routes.folder.resolve("b.camel.yaml"));
    routes.poll();
    assertServes("same");
  }

  @Test
  void aFileThatIsRenamedAndChangedAtOnceKeepsItsProvider() throws Exception {
    routes.write("b.camel.yaml", route("x", "old"));
    routes.poll();
    Files.delete(routes.folder.resolve("b.camel.yaml"));
    routes.write("a.camel.yaml", route("x", "new"));
    routes.poll();
    assertServes("new");
  }

  @Test
  void twoFilesMayExchangeTheirProviders() {
    routes.write("a.camel.yaml", route("x", "x of a"));
    routes.write("b.camel.yaml", route("y", "y of b"));
    routes.poll();
    routes.write("a.camel.yaml", route("y", "y of a"));
    routes.write("b.camel.yaml", route("x", "x of b"));
    routes.poll();

    assertServes("x of b");
    assertThat(routes.call("adapter-y")).isEqualTo("y of a");
    assertThat(routes.providers.find("y")).isPresent();
    assertThat(routes.refusals()).isEmpty();
  }

  private void assertServes(String text) {
    assertThat(routes.call("adapter-x")).isEqualTo(text);
    assertThat(routes.providers.find("x")).isPresent();
    routes.poll();
    routes.poll();
    assertThat(routes.call("adapter-x")).isEqualTo(text);
    assertThat(routes.providers.find("x")).isPresent();
  }

  @Test
  void aChangeOfTheSameSizeAndTimeIsSeen() throws Exception {
    Path file = routes.folder.resolve("x.camel.yaml");
    routes.write("x.camel.yaml", route("x", "one"));
    FileTime time = Files.getLastModifiedTime(file);
    routes.poll();
    routes.write("x.camel.yaml", route("x", "two"));
    Files.setLastModifiedTime(file, time);
    routes.poll();

    assertThat(routes.call("adapter-x")).isEqualTo("two");
  }

  @Test
  void aFolderOrFileThatCannotBeReadKeepsItsRoutes() throws Exception {
    Path file = routes.folder.resolve("x.camel.yaml");
    routes.write("x.camel.yaml", route("x", "kept"));
    routes.poll();
    Files.delete(file);
    Files.createDirectory(file); // reading it fails, and it is there
    routes.poll();
    assertServes("kept");

    Files.move(routes.folder, home.resolve("away"));
    Files.writeString(routes.folder, "not a folder"); // listing it fails, and it is there
    routes.poll();
    assertServes("kept");

    Files.delete(routes.folder);
    routes.poll();
    assertThat(routes.providers.find("x")).isEmpty();
  }

  @Test
  void aDeviceAmongTheFilesIsNotReadAndTheOthersAreLoaded() throws Exception {
    Files.createSymbolicLink(routes.folder.resolve("a.camel.yaml"), Path.of("/dev/zero"));
    routes.write("x.camel.yaml", route("x", "kept"));
    routes.poll();
    assertServes("kept");
  }

  @Test
  void aLinkToAFileThatDoesNotExistAndAFolderAmongTheFilesAreNamedOnce() throws Exception {
    routes.write("x.camel.yaml", route("x", "kept"));
    routes.poll();
    Path link = routes.folder.resolve("y.camel.yaml");
    Path sub = Files.createDirectory(routes.folder.resolve("sub"));
    Files.createSymbolicLink(link, Path.of("nothing"));
    Runnable polls = () -> IntStream.range(0, 3).forEach(_ -> routes.poll());
    List<String> ignored = new ArrayList<>();
    assertThat(
            LogLines.of(
                FolderFiles.class, () -> ignored.addAll(LogLines.of(IgnoredFiles.class, polls))))
        .containsExactly(
            "WARNING "
                + link
                + " cannot be read: it is a link to a file that does not exist; it is read again"
                + " at the next poll");
    assertThat(ignored)
        .containsExactly(
            "WARNING " + sub + ": is a folder; route files in folders of the folder are not read");
    assertThat(routes.folders.unread())
        .containsExactly(link + " cannot be read: it is a link to a file that does not exist");
    assertServes("kept");
  }

  @Test
  void aFileMayHaveDotsInItsName() {
    routes.write("x.v2.camel.yaml", route("x", "dots"));
    routes.poll();

    assertServes("dots");
  }

  @Test
  void aRouteMayCallOneOfAFileThatIsLoadedLater() {
    routes.write(
        "a.camel.yaml",
        """
        - route:
            id: adapter-x
            from:
              uri: direct:adapter-x
              steps:
                - to: direct:adapter-y
        """);
    routes.write("b.camel.yaml", route("y", "b"));
    routes.poll();

    assertThat(routes.refusals()).isEmpty();
    assertThat(routes.call("adapter-x")).isEqualTo("b");
  }
}
