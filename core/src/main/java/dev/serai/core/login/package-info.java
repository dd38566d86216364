/** How people log in to the gateway's pages with a browser. */
@NullMarked
package dev.serai.core.login;

import org.jspecify.annotations.NullMarked;
