/** Which models there are, who offers them and what they cost. */
package dev.serai.config.catalogue;
