package dev.serai.gateway.style;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the launcher refuses, says, and tells the JVM to refuse. */
class LauncherTest {
  private static final Pattern FILTER = Pattern.compile("'-Djdk\\.serialFilter=([^']+)'");

  @Test
  void noJavaObjectIsEverRead() throws IOException {
    Matcher told = FILTER.matcher(House.read(House.ROOT.resolve("serai")));
    assertThat(told.find()).as("the launcher sets jdk.serialFilter").isTrue();
    ObjectInputFilter filter = ObjectInputFilter.Config.createFilter(told.group(1));
    for (Object object : new Object[] {new ArrayList<>(List.of("a")), new String[] {"a"}, 7}) {
      assertThatThrownBy(() -> read(written(object), filter))
          .isInstanceOf(InvalidClassException.class)
          .hasMessageContaining("REJECTED");
    }
  }

  /** Why there is a filter. */
  @Test
  void theJvmAsItComesReadsAnyObject() throws Exception {
    assertThat(ObjectInputFilter.Config.getSerialFilter()).isNull();
    assertThat(
            read(
                written(new ArrayList<>(List.of("a"))), info -> ObjectInputFilter.Status.UNDECIDED))
        .isEqualTo(List.of("a"));
  }

  @Test
  void unknownArgumentsAreRefusedBeforeAnythingIsBuilt() throws Exception {
    for (String wrong :
        List.of(
            "run --port=1",
            "run x",
            "check --console",
            "run --config",
            "run --home --console",
            "run --home /nope",
            "check --config=/nope",
            "keys list --home=/nope",
            "replay --policy x --config /",
            "version x",
            "help foo",
            "unknown")) {
      Ended ended = launch(wrong.split(" "));
      assertThat(ended.status()).as(wrong).isEqualTo(2);
      assertThat(ended.output()).as(wrong).contains("serai: ").doesNotContain("building");
    }
  }

  @Test
  void everyCommandHasHelpAndTheVersionIsThatOfTheBuild() throws Exception {
    for (String command : List.of("run", "check", "keys", "test", "bench")) {
      Ended ended = launch(command, "--help");
      assertThat(ended.status()).as(command).isZero();
      assertThat(ended.output()).startsWith("./serai " + command);
    }
    String version = launch("--version").output().strip();
    assertThat(version).matches("serai [0-9]+\\.[0-9]+.*");
    assertThat(House.read(House.ROOT.resolve("pom.xml")))
        .contains("<version>" + version.substring("serai ".length()) + "</version>");
  }

  @Test
  void everySubcommandHasHelpWhereverItIsAskedFor() throws Exception {
    for (String sub : List.of("create", "list", "show", "disable", "enable", "rotate", "revoke")) {
      Ended ended = launch("keys", sub, "--help");
      assertThat(ended.status()).as(sub).isZero();
      assertThat(ended.output())
          .startsWith("./serai keys ")
          .contains("keys " + sub, "--config FILE")
          .doesNotContain("building");
    }
    for (String asked : List.of("run --console --help", "help run", "check --home x -h")) {
      assertThat(launch(asked.split(" ")).output()).as(asked).startsWith("./serai ");
    }
    assertThat(launch("help", "keys", "rotate").output()).contains("--overlap-seconds");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run --port 9000 | SERVER_PORT=9000 ./serai run, or server.port in config/serai.yaml",
        "run --host=0.0.0.0 | SERVER_HOST=0.0.0.0 ./serai run",
        "run --debug     | LOG_LEVEL=debug ./serai run",
        "run -c file     | did you mean --config FILE?",
        "run a/b.yaml    | did you mean --config a/b.yaml?",
        "run --confg x   | did you mean --config?",
        "run --config.yaml | did you mean --config config.yaml?",
        "help chekc      | did you mean ./serai check?",
        "run --home /no  | --home: the folder /no does not exist",
        "keys list --home / --config /no | --config: the file /no does not exist",
        "check --config / | --config: / is not a file",
        "check --hmoe x  | did you mean --home?",
        "check --console | only run has --console",
        "--port 9000     | SERVER_PORT=9000 ./serai run",
        "start           | unknown command: start; did you mean ./serai run?",
        "serve           | did you mean ./serai run?",
        "up              | did you mean ./serai run?",
        "rnu             | did you mean ./serai run?",
        "validate        | did you mean ./serai check?",
        "kyes            | did you mean ./serai keys?",
        "--config x      | did you mean ./serai run --config x?",
        "stop            | Ctrl-C stops it"
      })
  void whatOtherProgramsTakeIsNamedInTheWordsOfThisOne(String wrong, String meant)
      throws Exception {
    Ended ended = launch(wrong.split(" "));
    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.output()).startsWith("serai: ").contains(meant).doesNotContain("building");
  }

  @Test
  void aFlagThatTheJvmRefusesIsNamedWithItsVariable() throws Exception {
    String script =
        "say() { printf 'serai: %s\\n' \"$*\" >&2; }\nJAVA_HOME=$1\nflags=(-Xmx1g -XX:Nope)\n";
    Ended ended =
        bash(script + function("check_flags") + "check_flags", System.getProperty("java.home"));
    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.output()).startsWith("serai: SERAI_JAVA_OPTS is wrong: ").contains("'Nope'");

    String waiting = script.replace("-XX:Nope", "-agentlib:jdwp=transport=dt_socket,server=y");
    assertThat(
            bash(
                waiting + function("check_flags") + "check_flags", System.getProperty("java.home")))
        .as("a debugger is not waited for")
        .isEqualTo(new Ended(0, ""));
  }

  /** Caches can be deleted; the ledger cannot. */
  @Test
  void cachesAreNotInTheFolderOfTheLedger() throws IOException {
    assertThat(House.read(House.ROOT.resolve("serai")))
        .contains("state=$checkout/target/launcher")
        .doesNotContain("$checkout/.serai");
  }

  /** Maven leaves the copy of a renamed resource: a migration would be there twice. */
  @Test
  void aBuildBeginsWithoutTheResourcesOfTheLastOne(@TempDir Path checkout) throws Exception {
    Path classes = Files.createDirectories(checkout.resolve("memory/target/classes/schema"));
    Path copy = Files.writeString(classes.resolve("V11__old_name.sql"), "");
    Path type = Files.writeString(classes.resolve("Schema.class"), "");
    call("remove_resources", checkout);
    assertThat(copy).doesNotExist();
    assertThat(type).exists();
    assertThat(House.read(House.ROOT.resolve("serai")))
        .contains("run_maven() {\n  remove_resources\n");
  }

  /** The launcher builds without Error Prone and NullAway: what it has compiled is not checked. */
  @Test
  void mavenCompilesAgainWhatTheLauncherHasCompiled(@TempDir Path checkout) throws Exception {
    Path begun = Files.createDirectories(checkout.resolve("state")).resolve("building");
    Files.setLastModifiedTime(Files.createFile(begun), FileTime.fromMillis(2_000));
    Path compiled = module(checkout, "core", 3_000);
    Path unchanged = module(checkout, "memory", 1_000);
    call("forget_unchecked", checkout);
    assertThat(compiled).doesNotExist();
    assertThat(unchanged).exists();
    assertThat(House.read(House.ROOT.resolve("serai")))
        .containsOnlyOnce("-Dserai.unchecked")
        .containsSubsequence(
            "trap 'forget_unchecked", "-Dserai.unchecked", "|| {", "forget_unchecked", "die ")
        .containsSubsequence("the build failed", "}\n    forget_unchecked\n");
  }

  /** Maven's record of a module, one class of which has been written at a time. */
  private static Path module(Path checkout, String name, long millis) throws IOException {
    Path target = checkout.resolve(name).resolve("target");
    Path type = Files.createDirectories(target.resolve("classes")).resolve("Type.class");
    Files.setLastModifiedTime(Files.createFile(type), FileTime.fromMillis(millis));
    return Files.createDirectories(target.resolve("maven-status"));
  }

  @Test
  void aBuildPrintsNoEscapeSequences() throws IOException {
    assertThat(function("run_maven")).contains("-Dstyle.color=never", "-Djansi.noreset=true");
  }

  @Test
  void theFormattingIsCheckedBeforeTheFirstTest() throws IOException {
    assertThat(function("run_tests")).containsSubsequence("spotless:check", " verify");
  }

  /** Runs a function of the launcher, in a folder with the modules core and memory. */
  private static void call(String function, Path checkout) throws Exception {
    String script =
        "set -eu\ncheckout=$1\nstate=$1/state\nmodules='core memory'\n"
            + function(function)
            + function;
    Ended ended = bash(script, checkout.toString());
    assertThat(ended.status()).as(ended.output()).isZero();
  }

  private static Ended bash(String script, String argument) throws Exception {
    return ended(new ProcessBuilder("bash", "-c", script, "launcher", argument));
  }

  private static String function(String name) {
    return House.read(House.ROOT.resolve("serai"))
        .lines()
        .dropWhile(line -> !line.startsWith(name + "() {"))
        .takeWhile(line -> !line.equals("}"))
        .collect(Collectors.joining("\n", "", "\n}\n"));
  }

  private record Ended(int status, String output) {}

  private static Ended launch(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(House.ROOT.resolve("serai").toString()));
    command.addAll(List.of(arguments));
    return ended(new ProcessBuilder(command));
  }

  private static Ended ended(ProcessBuilder started) throws Exception {
    Process process = started.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }

  private static byte[] written(Object object) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    return bytes.toByteArray();
  }

  private static Object read(byte[] bytes, ObjectInputFilter filter)
      throws IOException, ClassNotFoundException {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      in.setObjectInputFilter(filter);
      return in.readObject();
    }
  }
}
