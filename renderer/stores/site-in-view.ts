import { useEffect } from 'react';
import { create } from 'zustand';

/** The site that was looked at last; null before any was. */
export const useSiteInView = create<{ readonly site: string | null }>(() => ({ site: null }));

/** A page about one site says which: a search elsewhere has its people first. */
export function useNoteSite(site: string | null | undefined): void {
  useEffect(() => {
    if (site != null) useSiteInView.setState({ site });
  }, [site]);
}
