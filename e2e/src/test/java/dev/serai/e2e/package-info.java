/** The product from outside: real clients, broken networks, load. */
@NullMarked
package dev.serai.e2e;

import org.jspecify.annotations.NullMarked;
