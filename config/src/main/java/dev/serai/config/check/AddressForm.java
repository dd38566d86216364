package dev.serai.config.check;

import dev.serai.config.provider.KnownProvider;
import dev.serai.core.net.BaseUrl;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds base URLs with too much or too little of a path. Pure; no message shows the URL. */
final class AddressForm {
  /** What clients of the vendors append themselves. */
  private static final List<String> OPERATIONS =
      List.of(
          "/chat/completions",
          "/completions",
          "/responses",
          "/embeddings",
          "/messages",
          "/api/chat",
          "/api/generate",
          ":generatecontent",
          "/converse");

  private static final Pattern HOST_ONLY = Pattern.compile("(?i)https?://[^/?#{]+/?");
  private static final Pattern TWICE = Pattern.compile("(?i).*/(v[0-9]+[a-z]*)/\\1");

  private AddressForm() {}

  /** What is certainly wrong: the address ends in an operation, which would be there twice. */
  static Optional<String> fault(String url) {
    if (HOST_ONLY.matcher(url.strip()).matches()) {
      return Optional.empty(); // a host may be named as an operation
    }
    String path = path(url).toLowerCase(Locale.ROOT);
    return OPERATIONS.stream()
        .filter(path::endsWith)
        .findFirst()
        .map(
            operation ->
                "the address ends in " + operation + ", which Serai appends itself; leave it out");
  }

  /**
   * What is probably wrong: there is no path where most servers need one, or its version twice.
   *
   * @param provider its name
   * @param isOpenAi whether it has the API of OpenAI
   */
  static Optional<String> doubt(String url, String provider, boolean isOpenAi) {
    if (TWICE.matcher(path(url)).matches()) {
      return Optional.of("the address has the version of the API twice; leave one out");
    }
    boolean without = KnownProvider.find(provider).filter(AddressForm::isWithoutPath).isPresent();
    return isOpenAi && !without && HOST_ONLY.matcher(url.strip()).matches()
        ? Optional.of(
            "has no path; most servers of OpenAI's API expect /v1 at the end of the address")
        : Optional.empty();
  }

  /** Azure's address gets its path here, and DeepSeek's needs none. */
  private static boolean isWithoutPath(KnownProvider known) {
    return known.name().equals("azure")
        || known.baseUrl().filter(url -> HOST_ONLY.matcher(url).matches()).isPresent();
  }

  private static String path(String url) {
    int query = url.indexOf('?');
    return BaseUrl.withoutSlash(query < 0 ? url : url.substring(0, query)).strip();
  }
}
