package dev.serai.config.check.file;

import dev.serai.config.check.Findings;
import dev.serai.config.read.Names;
import dev.serai.config.read.Place;
import dev.serai.config.telemetry.ReceiverTlsSettings;
import dev.serai.config.telemetry.TracingSettings;
import dev.serai.config.tls.TlsSettings;
import dev.serai.core.problem.cause.FailureText;
import dev.serai.core.provider.credential.MasterKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds folders and files of the settings that cannot be used. What is missing may be created later
 * if the nearest folder above it can be written. Creates and opens nothing. Not thread-safe.
 */
public final class PathCheck {
  private final Findings findings;

  public PathCheck(Findings findings) {
    this.findings = findings;
  }

  /** A folder in which files are created. */
  public void folder(String part, String key, Path folder) {
    fault(folder)
        .ifPresent(why -> wrong(part, key, why, "set it to a folder that this user can write"));
  }

  /** A file that is created or appended to. */
  public void file(String part, String key, Path file) {
    Path above = file.getParent();
    Optional<String> fault =
        Files.isDirectory(file)
            ? Optional.of(file + " is a folder")
            : Files.exists(file)
                ? unwritable(file)
                : above == null ? Optional.empty() : fault(above);
    fault.ifPresent(why -> wrong(part, key, why, "set it to a file that this user can write"));
  }

  /** Names the folder of a file that does not exist, since it will be created. */
  public void newFolder(String part, String key, Path file) {
    Path folder = file.getParent();
    if (folder != null && !Files.exists(folder) && fault(folder).isEmpty()) {
      findings.perhapsWrong(
          findings.place(part, key), "the folder " + folder + " does not exist and is created");
    }
  }

  /** The address to listen on. */
  public void host(String part, String key, String host) {
    if (!isHost(host)) {
      wrong(
          part,
          key,
          Names.shown(host) + " is neither an IP address nor the name of a host that has one",
          "set it to 127.0.0.1, or to 0.0.0.0 for other machines");
    }
  }

  private static boolean isHost(String host) {
    if (host.indexOf(':') < 0 && !host.matches("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")) {
      return false; // no address of a route can have it
    }
    try {
      InetAddress.getByName(host);
      return true;
    } catch (UnknownHostException _) {
      return false;
    }
  }

  /** A file with master keys. */
  public void masterKeys(String part, String key, Path file) {
    masterKeyFault(file)
        .ifPresent(
            why ->
                wrong(
                    part, key, why, "set it to a file with a master key that this user can read"));
  }

  /** The files of TLS on the port. */
  public void port(TlsSettings tls, Path home) {
    String part = "server.tls";
    boolean asks = tls.clientAuth() != TlsSettings.ClientAuth.NONE;
    pem(part, "certificate", tls.certificate().map(home::resolve));
    pem(part, "key", tls.key().map(home::resolve));
    pem(part, "client_ca", tls.clientCa().filter(_ -> asks).map(home::resolve));
  }

  /** The files of TLS to the receiver of traces, if there is one. */
  public void receiver(TracingSettings tracing, Path home) {
    if (tracing.on()) {
      String part = "tracing.tls";
      ReceiverTlsSettings tls = tracing.under(home).tls();
      pem(part, "certificate", tls.certificate());
      pem(part, "client_key", tls.clientKey());
      pem(part, "client_certificate", tls.clientCertificate());
    }
  }

  private void pem(String part, String key, Optional<Path> file) {
    file.flatMap(PathCheck::unreadable)
        .ifPresent(why -> wrong(part, key, why, "set it to a PEM file that this user can read"));
  }

  private static Optional<String> unreadable(Path file) {
    if (Files.isRegularFile(file)) {
      return Files.isReadable(file)
          ? Optional.empty()
          : Optional.of("the file " + file + " cannot be read by this user");
    }
    return Optional.of(
        Files.exists(file) ? file + " is not a file" : "the file " + file + " does not exist");
  }

  private static Optional<String> masterKeyFault(Path file) {
    String named = "the file " + file;
    if (Files.isDirectory(file)) {
      return Optional.of(file + " is a folder");
    }
    try {
      boolean none = MasterKey.list(Files.readString(file)).isEmpty();
      return none ? Optional.of(named + " has no key") : Optional.empty();
    } catch (IOException e) {
      return Optional.of(FailureText.of(e));
    } catch (IllegalArgumentException e) {
      return Optional.of(named + ": " + e.getMessage());
    }
  }

  /** A folder whose files are read, and which may be missing. */
  public void readable(String part, String key, Path folder) {
    if (Files.exists(folder)
        && !(Files.isDirectory(folder) && Files.isReadable(folder) && canEnter(folder))) {
      String why = folder + (Files.isDirectory(folder) ? " cannot be read" : " is not a folder");
      wrong(part, key, why, "set it to a folder that this user can read");
    }
  }

  /** Whether the files of a folder can be opened by their names. */
  public static boolean canEnter(Path folder) {
    return !Files.isDirectory(folder) || Files.isExecutable(folder);
  }

  private static Optional<String> fault(Path folder) {
    Path existing = folder;
    while (!Files.exists(existing, LinkOption.NOFOLLOW_LINKS) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    Optional<String> why =
        Files.isDirectory(existing)
            ? unwritable(existing)
            : Optional.of(existing + " is not a folder");
    return existing.equals(folder)
        ? why
        : why.map(reason -> folder + " cannot be created, because " + reason);
  }

  private static Optional<String> unwritable(Path path) {
    boolean usable =
        Files.isWritable(path) && (!Files.isDirectory(path) || Files.isExecutable(path));
    return usable ? Optional.empty() : Optional.of(path + " cannot be written by this user");
  }

  private void wrong(String part, String key, String why, String advice) {
    Place place =
        findings.isSet(part, key) ? findings.place(part, key) : new Place(part + "." + key, 0, "");
    findings.wrongNow(place, why + "; " + advice);
  }
}
