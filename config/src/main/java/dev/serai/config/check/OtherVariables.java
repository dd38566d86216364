package dev.serai.config.check;

import dev.serai.config.provider.KnownProvider;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Variables of other programs for what Serai reads from a variable of another name. The first table
 * is the one in docs/migrating-from-litellm.md.
 */
final class OtherVariables {
  private static final String PORT = "PORT";
  private static final String HOST = "HOST";

  /** Others than LiteLLM have them too. */
  private static final Set<String> COMMON = Set.of(PORT, HOST, "CONFIG_FILE_PATH");

  /** Shells have the name of the machine in HOST; the loopback is the default. */
  private static final Pattern ADDRESS = Pattern.compile("(?!127\\.)[0-9]+(\\.[0-9]+){3}|\\[?::]?");

  private static final String PREFIX = "LITELLM_";
  private static final String HERE = "_BASE_URL";
  private static final String THERE = "_API_BASE";

  /** LiteLLM's variables, and those that Serai reads instead. */
  static final Map<String, String> LITELLM =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("AWS_REGION_NAME", "AWS_REGION"),
              Map.entry("AZURE_API_BASE", "AZURE_OPENAI_ENDPOINT"),
              Map.entry("AZURE_API_KEY", "AZURE_OPENAI_API_KEY"),
              Map.entry("AZURE_API_VERSION", "OPENAI_API_VERSION"),
              Map.entry("CONFIG_FILE_PATH", "SERAI_CONFIG"),
              Map.entry("FIREWORKS_AI_API_KEY", "FIREWORKS_API_KEY"),
              Map.entry(HOST, "SERVER_HOST"),
              Map.entry("LITELLM_LOG", "LOG_LEVEL"),
              Map.entry("LITELLM_MASTER_KEY", "ROUTER_ADMIN_KEYS"),
              Map.entry("LITELLM_SALT_KEY", "SERAI_MASTER_KEY"),
              Map.entry(PORT, "SERVER_PORT"),
              Map.entry("TOGETHERAI_API_KEY", "TOGETHER_API_KEY")));

  static {
    for (KnownProvider known : KnownProvider.all()) {
      known
          .urlVariable()
          .filter(here -> here.endsWith(HERE))
          .ifPresent(here -> LITELLM.put(here.replace(HERE, THERE), here));
    }
  }

  private static final Map<String, String> MEANT =
      Map.of(
          "SERAI_ADMIN_KEYS", "ROUTER_ADMIN_KEYS",
          "VERTEX_PROJECT_ID", "VERTEX_PROJECT",
          "VERTEX_REGION", "VERTEX_LOCATION");

  private final Map<String, String> environment;
  private final boolean migrates;
  private final int port;

  /**
   * @param environment as {@link System#getenv()}
   * @param port that the gateway listens on
   */
  OtherVariables(Map<String, String> environment, int port) {
    this.environment = environment;
    this.port = port;
    migrates =
        environment.keySet().stream()
            .anyMatch(
                name -> !COMMON.contains(name) && (isLiteLlm(name) || name.startsWith(PREFIX)));
  }

  private static boolean isLiteLlm(String name) {
    return LITELLM.containsKey(name);
  }

  /** Whether a variable is LiteLLM's; PORT and the like are, if another one is set. */
  boolean ofLiteLlm(String name) {
    return isLiteLlm(name) && (!COMMON.contains(name) || migrates && isMeant(name));
  }

  /**
   * Whether it is how platforms and other servers name the address to listen on, and neither
   * Serai's own variable nor the settings have that address.
   */
  boolean ofPlatform(String name) {
    return (name.equals(PORT) || name.equals(HOST))
        && isMeant(name)
        && !environment.containsKey(LITELLM.getOrDefault(name, ""));
  }

  /** What to say about one of these. */
  String platformWarning(String name) {
    return "is not read; the one here is " + LITELLM.getOrDefault(name, "");
  }

  private boolean isMeant(String name) {
    String value = environment.getOrDefault(name, "").strip();
    return switch (name) {
      case PORT -> !value.equals(Integer.toString(port));
      case HOST -> ADDRESS.matcher(value).matches();
      default -> true;
    };
  }

  /** What to say about one of LiteLLM's; empty if that of Serai is set too. */
  Optional<String> warning(String name) {
    String here = LITELLM.getOrDefault(name, "");
    return environment.containsKey(here)
        ? Optional.empty()
        : Optional.of("is LiteLLM's and is not read; the one here is " + here);
  }

  /**
   * What to say about a variable of a vendor's own program; empty if it is not one, or if Serai's
   * variable is set too.
   *
   * @param inFile whether the settings file has a provider
   */
  Optional<String> vendorWarning(String name, Predicate<String> inFile) {
    return Optional.ofNullable(KnownProvider.ofVendors().get(name))
        .filter(here -> !environment.containsKey(here))
        .filter(here -> providersOf(here).noneMatch(inFile))
        .map(here -> "is not read; the one here is " + here);
  }

  private static Stream<String> providersOf(String variable) {
    return KnownProvider.all().stream()
        .filter(
            known ->
                known.urlVariable().filter(variable::equals).isPresent()
                    || known.keyVariable().filter(variable::equals).isPresent())
        .map(KnownProvider::name);
  }

  /** Whether a variable is one of a vendor's own programs. */
  static boolean ofVendor(String name) {
    return KnownProvider.ofVendors().containsKey(name);
  }

  /** The variable that a wrong name stands for. */
  static Optional<String> meant(String name) {
    return Optional.ofNullable(MEANT.get(name));
  }
}
