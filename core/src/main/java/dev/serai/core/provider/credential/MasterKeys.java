package dev.serai.core.provider.credential;

import java.io.IOException;
import java.util.List;

/**
 * Where the master keys come from: the settings, which may refer to a secret manager, or a file.
 * They are asked for when credentials are read or changed, never during a call. Thread-safe.
 */
@FunctionalInterface
public interface MasterKeys {
  /**
   * All master keys. The first one encrypts; the others only decrypt what was encrypted before.
   *
   * @param create whether one is to encrypt a new credential: it is made if there is none and this
   *     source can, and a file that may still be being written is not used
   * @return empty if there is none
   * @throws IOException if they cannot be read now
   */
  List<MasterKey> read(boolean create) throws IOException;
}
