package dev.serai.memory.database;

import dev.serai.core.http.PercentEncoding;
import java.nio.file.Path;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * The address of the database, in one of these forms: {@code sqlite} (a file in the state folder),
 * {@code sqlite:file}, {@code postgres://user:password@host:port/database?options}, {@code
 * postgresql://...}, {@code jdbc:sqlite:file}, {@code jdbc:postgresql://...}. Immutable.
 *
 * @param engine the kind of database
 * @param jdbc the URL for the driver, without user and password
 * @param properties user and password, if the address contains them
 */
record DatabaseUrl(Engine engine, String jdbc, Properties properties) {
  private static final Pattern FORBIDDEN = Pattern.compile("[\\s\\p{Cntrl}#]");

  /** Hosts with ports, separated by commas; without one it is this machine. */
  private static final Pattern HOSTS =
      Pattern.compile("(\\[[0-9A-Fa-f:.%]+]|[\\p{Alnum}._-]*)(:[0-9]{1,5})?(,[\\p{Alnum}._:,-]*)?");

  /** The kinds of database. */
  enum Engine {
    SQLITE,
    POSTGRESQL
  }

  /**
   * Parses an address.
   *
   * @param folder of a file whose path is relative
   * @throws IllegalArgumentException if it has none of these forms; the message does not contain it
   */
  static DatabaseUrl of(String text, Path folder) {
    String url = text.strip();
    String plain = url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url;
    if (plain.equals("sqlite")) {
      return sqlite(folder.resolve("serai.db"));
    }
    if (plain.startsWith("sqlite:")) {
      return sqlite(folder.resolve(sqliteFile(plain)));
    }
    if (plain.startsWith("postgres://") || plain.startsWith("postgresql://")) {
      return postgresql(plain);
    }
    throw new IllegalArgumentException(
        "The database must be sqlite, sqlite:FILE or postgres://USER:PASSWORD@HOST:PORT/NAME.");
  }

  private static String sqliteFile(String plain) {
    String file = plain.substring("sqlite:".length());
    return file.startsWith("///") ? file.substring(2) : file;
  }

  private static DatabaseUrl sqlite(Path file) {
    return new DatabaseUrl(Engine.SQLITE, "jdbc:sqlite:" + file, new Properties());
  }

  /** Read by hand: the exceptions of {@link java.net.URI} contain the address with its password. */
  private static DatabaseUrl postgresql(String plain) {
    String address = plain.substring(plain.indexOf("://") + "://".length());
    if (FORBIDDEN.matcher(address).find()) {
      throw new IllegalArgumentException(
          "The address of the database contains a space, '#' or a control character. In a user,"
              + " password or name write it percent-encoded, for example '#' as %23.");
    }
    int end = authorityEnd(address);
    String authority = address.substring(0, end);
    String rest = address.substring(end);
    int at = authority.lastIndexOf('@');
    String host = authority.substring(at + 1);
    if (!HOSTS.matcher(host).matches() || at < 0 && rest.indexOf('@') >= 0) {
      throw new IllegalArgumentException(
          "The host of the database is malformed: it is HOST or HOST:PORT. In a user or password"
              + " write '/', '?', ':' and '@' percent-encoded, for example '/' as %2F.");
    }
    Properties properties = credentials(authority.substring(0, Math.max(0, at)));
    String name = rest.startsWith("/") ? rest : "/" + rest;
    return new DatabaseUrl(Engine.POSTGRESQL, "jdbc:postgresql://" + host + name, properties);
  }

  private static int authorityEnd(String address) {
    for (int i = 0; i < address.length(); i++) {
      if (address.charAt(i) == '/' || address.charAt(i) == '?') {
        return i;
      }
    }
    return address.length();
  }

  private static Properties credentials(String user) {
    Properties properties = new Properties();
    if (!user.isEmpty()) {
      int colon = user.indexOf(':');
      properties.put("user", decoded(colon < 0 ? user : user.substring(0, colon)));
      if (colon >= 0) {
        properties.put("password", decoded(user.substring(colon + 1)));
      }
    }
    return properties;
  }

  /** The file of SQLite. */
  Path file() {
    String path = jdbc.substring("jdbc:sqlite:".length());
    int query = path.indexOf('?');
    return Path.of(query < 0 ? path : path.substring(0, query));
  }

  /** The user; empty if the address has none. */
  String user() {
    return properties.getProperty("user", "");
  }

  /** The password; empty if the address has none. */
  String password() {
    return properties.getProperty("password", "");
  }

  private static String decoded(String text) {
    try {
      return PercentEncoding.decode(text);
    } catch (IllegalArgumentException e) { // its message contains the text
      throw new IllegalArgumentException(
          "The user or password of the database has a '%' that begins no percent-encoded"
              + " character. Write '%' itself as %25.");
    }
  }

  /** Without user and password, and without the options, which may contain a password. */
  @Override
  public String toString() {
    int query = jdbc.indexOf('?');
    return query < 0 ? jdbc : jdbc.substring(0, query);
  }
}
