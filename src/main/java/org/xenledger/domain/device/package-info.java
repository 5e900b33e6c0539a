/** Device kinds, identities and xenbus states, as xenstore and libxl name them. */
package org.xenledger.domain.device;
