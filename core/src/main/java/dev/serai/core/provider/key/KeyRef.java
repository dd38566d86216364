package dev.serai.core.provider.key;

/**
 * One key of a provider, named without showing it.
 *
 * @param name of the secret that holds it
 * @param position among the keys of that secret, from 1
 * @param id what people see: the position and the first eight hexadecimal digits of the key's
 *     SHA-256
 */
public record KeyRef(String name, int position, String id) {}
