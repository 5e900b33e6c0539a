/** The configuration of a domain as libxl-json holds it: a lossless tree, its edits, and its secrets. */
package org.xenledger.domain.template;
