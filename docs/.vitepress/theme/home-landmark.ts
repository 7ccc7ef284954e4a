import { useData } from 'vitepress';
import { onMounted, watch } from 'vue';

/** Makes the content of the home page the page's main landmark, which the theme has on all other pages only. */
export function useHomeLandmark(): void {
  const { frontmatter } = useData();
  onMounted(() => {
    watch(
      () => frontmatter.value['layout'] === 'home',
      (isHome) => {
        const content = document.getElementById('VPContent');
        if (isHome) content?.setAttribute('role', 'main');
        else content?.removeAttribute('role');
      },
      { immediate: true, flush: 'post' },
    );
  });
}
