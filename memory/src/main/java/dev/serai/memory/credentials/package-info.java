/** The keys of providers that are stored in the database, encrypted, and the master keys. */
@NullMarked
package dev.serai.memory.credentials;

import org.jspecify.annotations.NullMarked;
