package dev.serai.adapters.dialects.problem;

import java.util.regex.Pattern;

/**
 * Finds names of the inside of a provider in its texts: files, hosts, addresses and classes. Names
 * of models, of fields of a request and of API paths stay. Pure.
 */
final class InternalNames {
  /** A path of a file; not a path of an API, a JSON pointer, or a slash within a word. */
  private static final String UNIX =
      "(?<![\\w.~#-])(?:~/|(?!/(?:v\\d\\w*|messages|contents|input|tools|properties)\\b)/)"
          + "(?:[\\w.@+-]++/)++[\\w.@+-]*+";

  private static final String WINDOWS =
      "\\b[A-Za-z]:[\\\\/](?!/)[^\\s\"'<>|*?]+|\\\\\\\\[\\w.$-]+\\\\[^\\s\"'<>|*?]+";

  private static final String HOST =
      "(?i:\\bhost(?:name)?\\s*=\\s*[\"']?[\\w.:-]+[\"']?(?:,\\s*port\\s*=\\s*\\d+)?)"
          + "|(?i:\\bresolve host:?\\s*[\"']?[\\w.-]+)"
          + "|(?i:\\b(?:lookup|dial tcp)\\s+(?=[\\w.-]*[-.:\\d])[\\w.:-]+)"
          + "|\\b(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT)\\s+[\\w.:-]+"
          + "|\\w{0,99}UnknownHostException:?\\s*[\\w.-]*"
          + "|(?i:\\b(?:[a-z0-9-]{1,63}\\.){1,30}(?:corp|intra|intranet|consul|arpa|eu|de|uk|xyz)\\b"
          + "(?::\\d+)?)";

  /** A name and a port; not a count, a code or a limit. */
  private static final String PORT =
      "(?i:(?<![\\w./@-])(?!\\w{0,40}?(?:tokens?|length|limit|size|count|code|status|errors?|line"
          + "|column|position|index|offset|max|min|id|version|seed|port|date|year|time|reset"
          + "|remaining|after|value|input|output|total|got|was|is)\\s*:)"
          + "[a-z][\\w-]{0,62}(?:\\.[\\w-]{1,63}){0,9}:(?:80|443|\\d{4,5})\\b)";

  private static final String IPV6 =
      "\\[(?=[^\\]\\s:]*:[^\\]\\s:]*:)[0-9A-Fa-f:.]+(?:%\\w+)?\\](?::\\d+)?"
          + "|(?<![\\w:.])(?:[0-9A-Fa-f]{1,4}:){1,7}:(?:[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4}){0,7})?"
          + "|(?<![\\w:.])(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}\\b"
          + "|(?<![\\w:.])::1\\b";

  private static final String CLASS =
      "(?<![\\w.\\]/-])(?:[a-z_][\\w$]{1,63}\\.){2,9}[A-Z][\\w$]*(?:[.$][\\w$<>]++)*+"
          + "|(?<![\\w.\\]/-])(?:[a-z_][\\w$]{1,63}\\.){1,9}[A-Z]\\w*(?:Exception|Error)\\b"
          + "|\\b(?:NullPointer|IllegalArgument|IllegalState|IndexOutOfBounds|ClassCast"
          + "|NoSuchElement|UnsupportedOperation|SocketTimeout|Concurrent\\w*)Exception\\b"
          + "|\\(?\\b[\\w$-]{1,63}\\.(?:java|kt|scala|py|go|rs|cc|cpp|js|ts):\\d+\\)?";

  static final Pattern ANY =
      Pattern.compile(String.join("|", UNIX, WINDOWS, HOST, PORT, IPV6, CLASS));

  private InternalNames() {}
}
