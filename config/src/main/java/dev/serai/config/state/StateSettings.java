package dev.serai.config.state;

import dev.serai.config.annotation.Range;
import dev.serai.config.annotation.Secret;
import dev.serai.core.provider.credential.MasterKey;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * What Serai stores: the ledger of usage, responses, memory objects and sessions.
 *
 * @param folder the folder of SQLite's file and the ledger's journal; it is created if missing
 * @param databaseUrl {@code sqlite}, {@code sqlite:FILE} or {@code
 *     postgres://USER:PASSWORD@HOST:PORT/NAME}; a database that only {@code DATABASE_URL} names
 *     must be empty or have Serai's tables
 * @param redisUrl {@code redis://USER:PASSWORD@HOST:PORT/DATABASE}, or {@code rediss://} for TLS:
 *     gateways with the same Redis and prefix share the limits of requests and tokens, and what
 *     bandits learn; without it each gateway has the whole limit, and what bandits learn is in the
 *     database. Memory objects may be there too
 * @param redisPrefix what all keys in Redis begin with: letters, digits, '.', '_', ':' and '-'
 * @param journalMegabytes size limit of the journal, which holds usage on disk while the database
 *     is unavailable; when it is full, calls are refused
 * @param auditMegabytes size limit of the audit log; when it is full, requests that change the
 *     gateway are refused
 * @param masterKey secret of at least 32 characters that stored keys of providers are encrypted
 *     with, the same in all gateways with one database. Of several, separated by commas, the first
 *     encrypts and the others only decrypt. With SQLite, a file in the folder holds one otherwise
 * @param masterKeyFile a file with such secrets, one a line, instead of {@code master_key}; it is
 *     read whenever credentials are
 * @param responses stored responses
 * @param memory memory objects
 * @param sessions stored sessions
 */
public record StateSettings(
    Path folder,
    Secret databaseUrl,
    Optional<Secret> redisUrl,
    String redisPrefix,
    @Range(min = 8, max = 1_000_000) int journalMegabytes,
    @Range(min = 1, max = 100_000) int auditMegabytes,
    Optional<Secret> masterKey,
    Optional<Path> masterKeyFile,
    ResponseSettings responses,
    MemorySettings memory,
    SessionSettings sessions) {
  static final long MEGABYTE = 1024 * 1024;
  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

  /**
   * @throws IllegalArgumentException if the master key is empty, or is set twice
   */
  public StateSettings {
    if (!PREFIX.matcher(redisPrefix).matches()) {
      throw new IllegalArgumentException(
          "redisPrefix must be 1 to 64 letters, digits, '.', '_', ':' or '-'");
    }
    masterKey.ifPresent(StateSettings::requireMasterKeys);
    if (masterKey.isPresent() && masterKeyFile.isPresent()) {
      throw new IllegalArgumentException(
          "masterKey is set, and master_key_file too; remove one of them");
    }
  }

  private static void requireMasterKeys(Secret text) {
    try {
      if (MasterKey.list(text.reveal()).isEmpty()) {
        throw new IllegalArgumentException("it has no key");
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("masterKey is refused: " + e.getMessage(), e);
    }
  }

  /** The same with other paths. */
  public StateSettings withPaths(UnaryOperator<Path> change) {
    return new StateSettings(
        change.apply(folder),
        databaseUrl,
        redisUrl,
        redisPrefix,
        journalMegabytes,
        auditMegabytes,
        masterKey,
        masterKeyFile.map(change),
        responses,
        memory,
        sessions);
  }

  /** The size limit of the journal in bytes. */
  public long journalBytes() {
    return journalMegabytes * MEGABYTE;
  }

  /** The size limit of the audit log in bytes. */
  public long auditBytes() {
    return auditMegabytes * MEGABYTE;
  }

  /**
   * SQLite in {@code ./.serai}; a journal of 512 MB, about 2.5 million calls; an audit log of 256
   * MB, about 500,000 entries.
   */
  public static StateSettings defaults() {
    return new StateSettings(
        Path.of(".serai"),
        new Secret("sqlite"),
        Optional.empty(),
        "serai",
        512,
        256,
        Optional.empty(),
        Optional.empty(),
        ResponseSettings.defaults(),
        MemorySettings.defaults(),
        SessionSettings.defaults());
  }
}
