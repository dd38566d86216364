package dev.serai.memory.database;

import dev.serai.core.http.PercentEncoding;
import java.net.URI;
import java.nio.file.Path;
import java.util.Properties;

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

  private static DatabaseUrl postgresql(String plain) {
    URI uri = URI.create(plain);
    Properties properties = credentials(uri);
    String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
    String host = authority.substring(authority.lastIndexOf('@') + 1);
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return new DatabaseUrl(
        Engine.POSTGRESQL, "jdbc:postgresql://" + host + path + query, properties);
  }

  private static Properties credentials(URI uri) {
    Properties properties = new Properties();
    String user = uri.getRawUserInfo();
    if (user != null) {
      int colon = user.indexOf(':');
      properties.put("user", decoded(colon < 0 ? user : user.substring(0, colon)));
      if (colon >= 0) {
        properties.put("password", decoded(user.substring(colon + 1)));
      }
    }
    return properties;
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
    return PercentEncoding.decode(text);
  }

  /** Without user and password, and without the options, which may contain a password. */
  @Override
  public String toString() {
    int query = jdbc.indexOf('?');
    return query < 0 ? jdbc : jdbc.substring(0, query);
  }
}
